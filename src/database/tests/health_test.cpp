#include "database/health.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "database/migrator.hpp"
#include "postgres.hpp"
#include "resources/database.hpp"

namespace kith::database {
namespace {

void fill(Database& database) { migrate(database, migrations_of(database_resources())); }

TEST_CASE("a whole database has no damage, can be written, and knows the time of its machine") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        fill(database);
        CHECK(database.read(damage_of).empty());
        CHECK_NOTHROW(check_writable(database));
        auto const time = database.read(time_of);
        CHECK(time.has_value() == (database.engine() == Engine::postgres));
        if (time) CHECK(std::chrono::abs(*time - SystemClock().now()) < std::chrono::hours(1));
    }
}

TEST_CASE("a PostgreSQL database that takes no deeds is told") {
    auto& server = tests::PostgresServer::of_this_program();
    auto const url = server.new_database();
    {
        Database database({.url = url});
        fill(database);
    }
    auto const name = url.substr(url.rfind('/') + 1);
    server.command("alter database " + name + " set default_transaction_read_only = on");
    auto const look = [&] {
        Database database({.url = url});
        check_writable(database);
    };
    CHECK_THROWS_AS(look(), DatabaseError);
}

}  // namespace
}  // namespace kith::database
