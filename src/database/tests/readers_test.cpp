#include "database/readers.hpp"

#include <doctest/doctest.h>

#include <future>

#include "base/limits.hpp"
#include "comes_true.hpp"
#include "database/database.hpp"
#include "postgres.hpp"
#include "silent_proxy.hpp"

namespace kith::database {
namespace {

using tests::comes_true;

constexpr Sql one = "select 1";
constexpr Sql make_notes = "create table notes (words text not null)";
constexpr Sql add_note = "insert into notes (words) values ('a')";
constexpr Sql count_notes = "select count(*) from notes";
constexpr Sql that_takes_long = "select 1 from (select pg_sleep(8)) as slept";

std::string new_postgres_url() { return tests::PostgresServer::of_this_program().new_database(); }

std::int64_t count(Database& database) {
    return database.read([](Read& read) { return number(read, count_notes); });
}

void add(Database& database) {
    database.write_now([](Write& write) { execute(write, add_note); });
}

template <class Work>
bool works(Work const& work) {
    try {
        work();
        return true;
    } catch (DatabaseError const&) {
    } catch (Refusal const&) {
    }
    return false;
}

TEST_CASE("while one request tries to reach a silent database the others are refused at once") {
    SilentProxy proxy(new_postgres_url());
    // Long enough that no try ends by itself in this test.
    Readers readers(address_of(proxy.url() + "?sslmode=disable&connect_timeout=20"), 1, nullptr);
    auto const read = [&] { readers.read([](Read& read) { number(read, one); }); };
    read();
    proxy.fall_silent();
    proxy.cut();
    auto first = std::async(std::launch::async, read);
    REQUIRE(comes_true([&] { return proxy.taken() == 1; }));
    auto const slow = std::chrono::steady_clock::now() + limits::slow_no_time;
    REQUIRE(comes_true([&] { return std::chrono::steady_clock::now() > slow; }));
    proxy.cut();
    CHECK_THROWS_AS(first.get(), DatabaseError);

    // Refused at once until it is time to try again; then this is the one that tries.
    auto second = std::async(std::launch::async, [&] {
        while (proxy.taken() == 1) static_cast<void>(works(read));
    });
    REQUIRE(comes_true([&] { return proxy.taken() == 2; }));
    for (int time = 0; time < 3; ++time) CHECK_FALSE(works(read));
    CHECK(proxy.taken() == 2);
    proxy.go_on();
    second.get();
    CHECK(comes_true([&] { return works(read); }));
}

TEST_CASE("what a silent server doesn't answer is refused, and goes on once the server does") {
    SilentProxy proxy(new_postgres_url());
    Database database({.url = proxy.url() + "?sslmode=disable&connect_timeout=2"});
    database.write_now([](Write& write) { execute(write, make_notes); });
    add(database);
    REQUIRE(count(database) == 1);
    proxy.fall_silent();
    auto reading = std::async(std::launch::async, [&] { return works([&] { count(database); }); });
    auto adding = std::async(std::launch::async, [&] { return works([&] { add(database); }); });
    auto const ready = std::future_status::ready;
    CHECK(reading.wait_for(std::chrono::minutes(2)) == ready);
    CHECK(adding.wait_for(std::chrono::minutes(2)) == ready);
    proxy.cut();  // or this would wait with them
    CHECK_FALSE(reading.get());
    CHECK_FALSE(adding.get());
    proxy.go_on();
    CHECK(comes_true([&] { return works([&] { add(database); }); }));
    CHECK(comes_true([&] { return works([&] { count(database); }); }));
    CHECK(count(database) == 2);
}

TEST_CASE("a statement that takes long on a server that answers is waited for") {
    Database database({.url = new_postgres_url()});
    CHECK(database.read([](Read& read) { return number(read, that_takes_long); }) == 1);
}

}  // namespace
}  // namespace kith::database
