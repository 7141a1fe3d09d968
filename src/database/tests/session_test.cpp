#include "database/session.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "database/database.hpp"
#include "postgres.hpp"

namespace kith::database {
namespace {

struct Thing;
enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct ThingRow {
    Id<Thing> id;
    std::string title;
    std::optional<std::string> note;
    bool held = false;
    double weight = 0;
    std::optional<Time> seen_at;
    Colour colour = Colour::red;
    PublicId public_id;
    bool operator==(ThingRow const&) const = default;
};
BOOST_DESCRIBE_STRUCT(ThingRow, (), (id, title, note, held, weight, seen_at, colour, public_id))

constexpr Sql make_things{{
    .sqlite = "create table things (id integer primary key, title text not null unique, note text,"
              " held boolean not null, weight double precision not null, seen_at bigint,"
              " colour text not null, public_id text not null)",
    .postgres = "create table things (id bigint primary key, title text not null unique,"
                " note text, held boolean not null, weight double precision not null,"
                " seen_at bigint, colour text not null, public_id text not null)",
}};
constexpr Sql add_thing =
    "insert into things (id, title, note, held, weight, seen_at, colour, public_id)"
    " values (:id, :title, :note, :held, :weight, :seen_at, :colour, :public_id)";
constexpr Sql all_things =
    "select id, title, note, held, weight, seen_at, colour, public_id from things order by id";
constexpr Sql titles_like =
    "select title from things where title = :title or note = :title or id = :id -- it's: a "
    "comment\n"
    " order by id";
constexpr Sql count_things = "select count(*) from things";
constexpr Sql id_of_title = "select id from things where title = :title";
constexpr Sql hold_all = "update things set held = :held where held <> :held";

Database opened(tests::TestDatabase const& fresh) { return Database({.url = fresh.url}); }

std::size_t add(Write& write, ThingRow const& row) {
    return execute(write, add_thing, bind("id", row.id), bind("title", row.title),
                   bind("note", row.note), bind("held", row.held), bind("weight", row.weight),
                   bind("seen_at", row.seen_at), bind("colour", row.colour),
                   bind("public_id", row.public_id));
}

ThingRow thing(std::int64_t id, std::string title) {
    ThingRow row;
    row.id = {id};
    row.title = std::move(title);
    return row;
}

std::vector<ThingRow> all(Database& database) {
    return database.read([](Read& read) { return rows<ThingRow>(read, all_things); });
}

TEST_CASE("what is written is read again, value by value") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database = opened(fresh);
        SystemRandom random;
        ThingRow full{{std::numeric_limits<std::int64_t>::max()},
                      "Grüße, 世界 👋 'quoted' :not_a_name",
                      "",
                      true,
                      0.1,
                      Time(std::chrono::microseconds(1'795'000'000'123'456)),
                      Colour::green,
                      PublicId::make(random)};
        auto const empty = thing(-5, "");
        database.write_now([&](Write& write) {
            execute(write, make_things);
            CHECK(add(write, full) == 1);
            CHECK(add(write, empty) == 1);
        });
        CHECK(all(database) == std::vector{empty, full});
        // Twice, with the statement that is kept by now.
        CHECK(all(database) == std::vector{empty, full});
    }
}

TEST_CASE("a name may be used twice in one statement, and comments are no trouble") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database = opened(fresh);
        database.write_now([&](Write& write) {
            execute(write, make_things);
            add(write, thing(1, "a"));
            add(write, thing(2, "b"));
            CHECK(execute(write, hold_all, bind("held", true)) == 2);
            CHECK(execute(write, hold_all, bind("held", true)) == 0);
        });
        database.read([](Read& read) {
            auto const found =
                rows<std::string>(read, titles_like, bind("title", "a"), bind("id", 2));
            CHECK(found == std::vector<std::string>{"a", "b"});
            // In another order, with the statement that is kept.
            CHECK(rows<std::string>(read, titles_like, bind("id", 1), bind("title", "b")).size() ==
                  2);
            CHECK(rows<std::string>(read, titles_like, bind("id", 1),
                                    bind("title", std::nullopt)) == std::vector<std::string>{"a"});
        });
    }
}

TEST_CASE("values that don't match the names of a statement are a bug that is told") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database = opened(fresh);
        database.write_now([](Write& write) { execute(write, make_things); });
        database.read([](Read& read) {
            CHECK_THROWS_AS(
                static_cast<void>(rows<std::string>(read, titles_like, bind("title", "a"))),
                std::logic_error);
            CHECK_THROWS_AS(number(read, count_things, bind("id", 1)), std::logic_error);
            CHECK_THROWS_AS(static_cast<void>(rows<std::string>(
                                read, titles_like, bind("title", "a"), bind("name", 1))),
                            std::logic_error);
            // The row has eight members, the answer one column.
            CHECK_THROWS_AS(static_cast<void>(rows<ThingRow>(read, count_things)),
                            std::logic_error);
            CHECK(number(read, count_things) == 0);
        });
        CHECK_THROWS_AS(database.write_now([](Write& write) { execute(write, count_things); }),
                        std::logic_error);
        CHECK(database.read([](Read& read) { return number(read, count_things); }) == 0);
    }
}

TEST_CASE("one row, no row, two rows") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database = opened(fresh);
        database.write_now([](Write& write) {
            execute(write, make_things);
            add(write, thing(7, "a"));
            add(write, thing(8, "b"));
        });
        constexpr Sql first_note = "select note from things where id = 7";
        database.read([&](Read& read) {
            CHECK(one<Id<Thing>>(read, id_of_title, bind("title", "a")) == Id<Thing>{7});
            CHECK(!maybe<ThingRow>(read, Sql("select id, title, note, held, weight, seen_at,"
                                             " colour, public_id from things where id = 9")));
            CHECK_THROWS_AS(number(read, id_of_title, bind("title", "c")), Refusal);
            CHECK_THROWS_AS(static_cast<void>(maybe<ThingRow>(read, all_things)), std::logic_error);
            CHECK_THROWS_AS(static_cast<void>(scalar<std::string>(read, first_note)),
                            std::logic_error);
            CHECK(scalar<std::optional<std::string>>(read, first_note) == std::nullopt);
            CHECK(rows<ThingRow>(read, all_things).size() == 2);
        });
    }
}

TEST_CASE("the same statement may be asked again while its answer is walked") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database = opened(fresh);
        database.write_now([](Write& write) {
            execute(write, make_things);
            for (int id = 1; id <= 3; ++id) {
                add(write, thing(id, std::to_string(id)));
            }
        });
        int met = 0;
        database.read([&](Read& read) {
            for (auto const& outer : rows<ThingRow>(read, all_things)) {
                for (auto const& inner : rows<ThingRow>(read, all_things)) {
                    met += outer.id == inner.id ? 1 : 0;
                }
            }
        });
        CHECK(met == 3);
    }
}

TEST_CASE("text that the engines would cut or keep broken is refused") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database = opened(fresh);
        database.write_now([](Write& write) { execute(write, make_things); });
        for (auto const& text : {std::string("a\0b", 3), std::string("\xff")}) {
            try {
                database.write_now([&](Write& write) { add(write, thing(1, text)); });
                FAIL("broken text was kept");
            } catch (Refusal const& refusal) {
                CHECK(refusal.kind() == Refusal::Kind::malformed);
            }
        }
        CHECK(all(database).empty());
    }
}

TEST_CASE("reading can't write") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database = opened(fresh);
        database.write_now([](Write& write) { execute(write, make_things); });
        constexpr Sql sneaky = "delete from things returning id";
        CHECK_THROWS_AS(database.read([&](Read& read) { return rows<Id<Thing>>(read, sneaky); }),
                        DatabaseError);
    }
}

TEST_CASE("a read sees one moment") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database = opened(fresh);
        database.write_now([](Write& write) { execute(write, make_things); });
        database.read([&](Read& read) {
            CHECK(number(read, count_things) == 0);
            database.write_now([](Write& write) { add(write, thing(1, "meanwhile")); });
            CHECK(number(read, count_things) == 0);
        });
        CHECK(all(database).size() == 1);
    }
}

TEST_CASE("an error of the database tells nothing of the values that were bound") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        auto database = opened(fresh);
        database.write_now([](Write& write) { execute(write, make_things); });
        database.write_now([](Write& write) { add(write, thing(1, "secret words")); });
        std::string told;
        try {
            database.write_now([](Write& write) { add(write, thing(2, "secret words")); });
        } catch (DatabaseError const& error) {
            CHECK(error.fault() == Fault::unique);
            told = error.what();
        }
        CHECK_FALSE(told.empty());
        CHECK(told.find("secret") == std::string::npos);
    }
}

TEST_CASE("an unknown word in an enum's column is told") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database = opened(fresh);
        constexpr Sql blue = "select 'blue'";
        CHECK_THROWS_AS(database.read([&](Read& read) { return scalar<Colour>(read, blue); }),
                        std::runtime_error);
    }
}

TEST_CASE("a deed can't wait for another deed, and a wrong address is told") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        CHECK_THROWS_AS(database.write_now([&](Write&) { database.write_now([](Write&) {}); }),
                        std::logic_error);
        database.check();
    }
    CHECK_THROWS_AS(Database({.url = "mysql://x"}), std::runtime_error);
    CHECK_THROWS_AS(Database({.url = "sqlite:///nowhere/at/all/kith.db"}), DatabaseError);
    CHECK_THROWS_AS(Database({.url = "postgresql://kith@127.0.0.1:1/kith"}), DatabaseError);
}

}  // namespace
}  // namespace kith::database
