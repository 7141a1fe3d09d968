#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "database/database.hpp"
#include "postgres.hpp"

namespace kith::database {
namespace {

constexpr Sql make_pairs = "create table pairs (one integer not null, other integer not null)";
constexpr Sql add_pair = "insert into pairs (one, other) values (:one, :one)";
constexpr Sql count_pairs = "select count(*) from pairs";
constexpr Sql count_halves = "select count(*) from pairs where one <> other";

TEST_CASE("a copy is made while members write, and is whole") {
    auto const fresh = tests::new_sqlite_database();
    auto const copy = (fresh.directory->path / "copy.db").string();
    Database database({.url = fresh.url});
    database.write_now([](Write& write) { execute(write, make_pairs); });
    std::atomic<bool> ended = false;
    std::atomic<int> written = 0;
    std::thread writer([&] {
        while (!ended) {
            database.write_now(
                [&](Write& write) { execute(write, add_pair, bind("one", written.load())); });
            ++written;
        }
    });
    while (written < 20) {
        std::this_thread::yield();
    }
    int const before = written;
    database.backup_to(copy);
    int const after = written + 1;
    ended = true;
    writer.join();

    CHECK(!std::filesystem::exists(copy + "-wal"));
    Database restored({.url = "sqlite://" + copy});
    restored.read([&](Read& read) {
        CHECK(number(read, count_pairs) >= before);
        CHECK(number(read, count_pairs) <= after);
        CHECK(number(read, count_halves) == 0);
    });
    restored.write_now([](Write& write) { execute(write, add_pair, bind("one", 1)); });
}

TEST_CASE("a copy never overwrites, and half of one isn't left") {
    auto const fresh = tests::new_sqlite_database();
    Database database({.url = fresh.url});
    auto const taken = fresh.directory->path / "taken.db";
    std::ofstream(taken) << "mine";
    CHECK_THROWS_AS(database.backup_to(taken.string()), std::runtime_error);
    CHECK(std::filesystem::file_size(taken) == 4);
    auto const nowhere = fresh.directory->path / "nowhere" / "copy.db";
    CHECK_THROWS_AS(database.backup_to(nowhere.string()), std::runtime_error);
}

TEST_CASE("PostgreSQL is copied by its own tool") {
    auto const fresh = tests::new_postgres_database();
    Database database({.url = fresh.url});
    CHECK_THROWS_WITH_AS(database.backup_to("/nowhere"), doctest::Contains("pg_dump"),
                         std::runtime_error);
}

TEST_CASE("what another process writes is noticed") {
    auto const fresh = tests::new_sqlite_database();
    Database database({.url = fresh.url});
    auto const before = database.version();
    Database command({.url = fresh.url});
    command.write_now([](Write& write) { execute(write, make_pairs); });
    while (database.version() == before) {
        std::this_thread::yield();
    }
    CHECK(database.version() > before);
}

}  // namespace
}  // namespace kith::database
