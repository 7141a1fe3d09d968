#include <doctest/doctest.h>
#include <signal.h>

#include <atomic>
#include <future>
#include <thread>

#include "database/database.hpp"
#include "postgres.hpp"

namespace kith::database {
namespace {

constexpr Sql make_notes = "create table notes (words text not null)";
constexpr Sql add_note = "insert into notes (words) values (:words)";
constexpr Sql count_notes = "select count(*) from notes";
constexpr Sql commit_that_waits =
    "select coalesce(max(pid), 0) from pg_stat_activity where wait_event = 'SyncRep'";
constexpr Sql commits_waiting =
    "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";

std::int64_t count(Database& database) {
    return database.read([](Read& read) { return number(read, count_notes); });
}

void add(Database& database) {
    database.write_now([](Write& write) { execute(write, add_note, bind("words", "a")); });
}

TEST_CASE("a server that restarts is met again, and a deed meanwhile is refused") {
    tests::PostgresServer server;
    Database database({.url = server.new_database()});
    database.write_now([](Write& write) { execute(write, make_notes); });
    add(database);
    server.stop();
    CHECK_THROWS_AS(add(database), Refusal);
    CHECK_THROWS_AS(static_cast<void>(count(database)), Refusal);
    CHECK_THROWS_AS(database.check(), DatabaseError);
    server.start();
    CHECK(count(database) == 1);
    for (int at = 0; at < 10; ++at) {
        add(database);
    }
    CHECK(count(database) == 11);
    // Lost without the pool's knowledge: a read is tried again, unseen.
    server.command(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where usename = 'kith' and pid <> pg_backend_pid()");
    CHECK(count(database) == 11);
    database.check();
}

/// Commits now wait for a second server that doesn't exist, after they are kept on this one.
void wait_for_a_second_server(Database& database, tests::PostgresServer& server) {
    server.command("alter system set synchronous_standby_names = 'nobody'");
    server.command("select pg_reload_conf()");
    auto const shown = [&] {
        constexpr Sql show = "show synchronous_standby_names";
        return database.read([&](Read& read) { return scalar<std::string>(read, show); });
    };
    while (shown() != "nobody") {
        std::this_thread::yield();
    }
}

TEST_CASE("a deed whose connection is lost while the server keeps it is not called unsaved") {
    tests::PostgresServer server;
    Database database({.url = server.new_database(), .writers = 1});
    database.write_now([](Write& write) { execute(write, make_notes); });
    wait_for_a_second_server(database, server);
    auto adding = std::async(std::launch::async, [&] { add(database); });
    auto const waiting = [&] {
        return database.read([](Read& read) { return number(read, commits_waiting); });
    };
    while (waiting() == 0) {
        std::this_thread::yield();
    }
    server.command(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where wait_event = 'SyncRep'");
    adding.get();
    CHECK(count(database) == 1);
}

TEST_CASE("a server that crashed is not believed about what it did before") {
    tests::PostgresServer server;
    Database database({.url = server.new_database(), .writers = 1});
    database.write_now([](Write& write) { execute(write, make_notes); });
    wait_for_a_second_server(database, server);
    std::atomic<bool> unsure = false;
    std::atomic<bool> after = false;
    auto adding = std::async(std::launch::async, [&] {
        database.write_now([&](Write& write) {
            write.if_unsure([&] { unsure = true; });
            write.after_commit([&] { after = true; });
            execute(write, add_note, bind("words", "a"));
        });
    });
    auto const waiting = [&] {
        return database.read([](Read& read) { return number(read, commit_that_waits); });
    };
    while (waiting() == 0) {
        std::this_thread::yield();
    }
    // One process of the server dies, and the server begins anew: it is the same one, but may give
    // numbers of transactions again.
    REQUIRE(::kill(static_cast<pid_t>(waiting()), SIGKILL) == 0);
    CHECK_THROWS_AS(adding.get(), Refusal);
    CHECK(unsure);
    CHECK_FALSE(after);
}

}  // namespace
}  // namespace kith::database
