#include "database/migrator.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <thread>

#include "comes_true.hpp"
#include "database/connection.hpp"
#include "database/sql_script.hpp"
#include "postgres.hpp"
#include "resources/database.hpp"

namespace kith::database {
namespace {

using tests::comes_true;

using Names = std::vector<std::string>;

constexpr Sql waiting_for_notes =
    "select count(*) from pg_locks where not granted"
    " and relation = (select oid from pg_class where relname = 'notes')";

std::vector<Migration> two_steps() {
    return {{"20260102_0200_replies",
             "create table replies (id {{key}}, note bigint not null references notes (id));\n"},
            {"20260101_0100_notes",
             "-- notes; with a semicolon\n"
             "create table notes (\n    id {{key}}, -- it's one\n    words text not null\n);\n"
             "insert into notes (words) values ('semi;\nand -- no comment');\n"
             "-- sqlite: create index words on notes (words collate nocase);\n"
             "-- postgres: create index words on notes (lower(words));\n"}};
}

TEST_CASE("a database is brought up step by step, once") {
    constexpr Sql words = "select words from notes where id = 1";
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        Names const both{"20260101_0100_notes", "20260102_0200_replies"};
        CHECK(pending_migrations(database, two_steps()) == both);
        CHECK(migrate(database, two_steps()) == both);
        CHECK(migrate(database, two_steps()).empty());
        CHECK(pending_migrations(database, two_steps()).empty());
        CHECK(database.read([&](Read& read) { return scalar<std::string>(read, words); }) ==
              "semi;\nand -- no comment");
    }
}

TEST_CASE("a newer schema is refused") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        migrate(database, two_steps());
        auto older = two_steps();
        older.pop_back();
        CHECK_THROWS_WITH_AS(migrate(database, older), doctest::Contains("newer Kith"),
                             std::runtime_error);
        CHECK_THROWS_AS(static_cast<void>(pending_migrations(database, older)), std::runtime_error);
    }
}

TEST_CASE("what only adds can be done while an older program serves") {
    auto const serves = [](std::string const& sql) {
        return serves_beside_older({"20260101_0100_step", sql});
    };
    CHECK(
        serves("create table notes (id {{key}}, words text not null);\n"
               "create unique index words on notes (words);\n"));
    CHECK(serves("create index words on notes (words);\n"));
    CHECK(
        serves("-- sqlite: create table one (id {{key}});\n"
               "-- postgres: create unlogged table one (id {{key}});\n"));
    CHECK(serves("alter table notes add column place text;\n"));
    CHECK(serves("alter table notes add column size\n    bigint not null default 0;\n"));
    CHECK_FALSE(serves("alter table notes add column size bigint not null;\n"));
    CHECK_FALSE(serves("alter table notes drop column words;\n"));
    CHECK_FALSE(serves("alter table notes add column a text, drop column words;\n"));
    // Of a table that an older program writes.
    CHECK_FALSE(serves("create unique index words on notes (words);\n"));
    CHECK_FALSE(
        serves("create table other (id {{key}});\n"
               "create unique index words on notes (words);\n"));
    CHECK_FALSE(serves("update notes set words = 'a';\n"));
    CHECK_FALSE(serves("drop view all_notes;\ncreate view all_notes as select 1;\n"));
    CHECK_FALSE(
        serves("-- not beside an older Kith: it hides what that one shows\n"
               "create table hidden (note bigint primary key);\n"));
}

TEST_CASE("an older program goes on with what a newer one has only added, on PostgreSQL") {
    auto const fresh = tests::new_postgres_database();
    Database database({.url = fresh.url});
    migrate(database, two_steps());
    // The second step only adds a table, the first writes rows as well.
    auto older = two_steps();
    older.erase(older.begin());
    CHECK(pending_migrations(database, older).empty());
    CHECK(migrate(database, older).empty());
    CHECK(steps_apart(database, older).empty());
    auto newer = two_steps();
    newer.push_back({"20260103_0100_sizes", "alter table notes add column size bigint;\n"});
    newer.push_back({"20260104_0100_gone", "drop table replies;\n"});
    CHECK(steps_apart(database, newer) == Names{"20260104_0100_gone"});
}

TEST_CASE("a step that waits for a table lets others at it between its tries, on PostgreSQL") {
    auto const fresh = tests::new_postgres_database();
    Database database({.url = fresh.url});
    migrate(database, two_steps());
    // As a backup does.
    Connection holder(address_of(fresh.url), Purpose::writing);
    holder.run("begin; lock table notes in access share mode");
    auto steps = two_steps();
    steps.push_back({"20260103_0100_sizes", "alter table notes add column size bigint;\n"});
    auto migrating = std::async(std::launch::async, [&] { return migrate(database, steps); });
    auto const is_waiting = [&] {
        return database.read([](Read& read) { return number(read, waiting_for_notes); }) > 0;
    };
    for (int tries = 0; tries < 2; ++tries) {
        CHECK(comes_true(is_waiting));
        CHECK(comes_true([&] { return !is_waiting(); }));
    }
    CHECK(pending_migrations(database, steps) == Names{"20260103_0100_sizes"});
    holder.run("commit");
    CHECK(migrating.get() == Names{"20260103_0100_sizes"});
}

TEST_CASE("a step that fails leaves nothing of itself, and the steps before it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        auto steps = two_steps();
        steps.push_back(
            {"20260103_0300_broken", "create table more (id {{key}});\ncreate tabel x;\n"});
        CHECK_THROWS_WITH_AS(migrate(database, steps), doctest::Contains("20260103_0300_broken"),
                             std::runtime_error);
        CHECK(pending_migrations(database, steps) == Names{"20260103_0300_broken"});
        steps.back().sql = "create table more (id {{key}});\n";
        CHECK(migrate(database, steps).size() == 1);
    }
}

TEST_CASE("two processes bring a database up as one") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        std::atomic<std::size_t> done = 0;
        std::vector<std::thread> processes;
        for (int at = 0; at < 4; ++at) {
            processes.emplace_back([&] {
                Database database({.url = fresh.url});
                done += migrate(database, two_steps()).size();
            });
        }
        for (auto& process : processes) {
            process.join();
        }
        CHECK(done == 2);
    }
}

TEST_CASE("a step may rebuild a table that others point to, but not leave rows that dangle") {
    auto const fresh = tests::new_sqlite_database();
    Database database({.url = fresh.url});
    auto steps = two_steps();
    steps.push_back({"20260103_0300_rebuild",
                     "insert into replies (note) values (1);\n"
                     "create table notes_new (id {{key}}, words text not null, extra text);\n"
                     "insert into notes_new (id, words) select id, words from notes;\n"
                     "drop table notes;\nalter table notes_new rename to notes;\n"});
    CHECK(migrate(database, steps).size() == 3);
    steps.push_back({"20260104_0400_dangle", "delete from notes;\n"});
    CHECK_THROWS_WITH_AS(migrate(database, steps), doctest::Contains("point to nothing"),
                         std::runtime_error);
}

TEST_CASE("a script is taken apart into statements") {
    std::string const script =
        "-- begin\ncreate trigger t after insert on a begin\n  delete from b;\n  delete from c;\n"
        "end;\n-- end\ninsert into a values ('it''s; -- fine');\n"
        "select 1\n-- postgres:  + 1\n;\n\n-- nothing\n";
    CHECK(statements_of(script, Engine::sqlite) ==
          Names{"create trigger t after insert on a begin\n  delete from b;\n  delete from c;\nend",
                "insert into a values ('it''s; -- fine')", "select 1"});
    CHECK(statements_of(script, Engine::postgres).back() == "select 1\n  + 1");
    CHECK(statements_of("a {{key}};", Engine::sqlite) == Names{"a integer primary key"});
    CHECK_THROWS_AS(static_cast<void>(statements_of("a {{kex}};", Engine::sqlite)),
                    std::runtime_error);
    CHECK_THROWS_AS(static_cast<void>(statements_of("a 'open;\n", Engine::sqlite)),
                    std::runtime_error);
    CHECK_THROWS_AS(static_cast<void>(statements_of("-- begin\na;\n", Engine::sqlite)),
                    std::runtime_error);
}

TEST_CASE("the migrations of a slice are its files, and those of the database apply") {
    auto const own = migrations_of(database_resources());
    REQUIRE(!own.empty());
    CHECK(own.front().name == "20261122_0010_jobs");
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        CHECK(migrate(database, own).size() == own.size());
    }
    auto twice = two_steps();
    twice.push_back(twice.front());
    auto const fresh = tests::new_sqlite_database();
    Database database({.url = fresh.url});
    CHECK_THROWS_AS(migrate(database, twice), std::runtime_error);
}

}  // namespace
}  // namespace kith::database
