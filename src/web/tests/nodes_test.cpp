#include <doctest/doctest.h>

#include <thread>

#include "base/refusal.hpp"
#include "database/migrator.hpp"
#include "postgres.hpp"
#include "resources/web.hpp"
#include "test_site.hpp"
#include "web/nodes.hpp"
#include "web/nodes_store.hpp"
#include "web/rates.hpp"

using namespace kith;
using namespace kith::web;
using namespace std::chrono_literals;

namespace {

/// A database with the tables that nodes share.
struct Shared {
    explicit Shared(tests::TestDatabase const& fresh) : database({.url = fresh.url}) {
        database::migrate(database, database::migrations_of(web_resources()));
    }

    std::chrono::microseconds count(std::string const& what) {
        std::chrono::microseconds wait{0};
        database.write_apart([&](database::Write& write) {
            wait = count_shared(write, what, clock.now(), 10s, 30s);
        });
        return wait;
    }

    database::Database database;
    tests::TestClock clock;
    SystemRandom random;
    Seal seal{Seal::make_key(random)};
};

}  // namespace

TEST_CASE("a shared count lets so many through in a time, then as they become free") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Shared shared(fresh);
        for (int time = 0; time < 3; ++time) CHECK(shared.count("a") == 0us);
        CHECK(shared.count("a") == 10s);
        CHECK(shared.count("b") == 0us);
        shared.clock.move(4s);
        CHECK(shared.count("a") == 6s);
        shared.clock.move(6s);
        CHECK(shared.count("a") == 0us);
        CHECK(shared.count("a") == 10s);
        shared.database.write_apart([](database::Write& write) { uncount_shared(write, "a"); });
        CHECK(shared.count("a") == 0us);
        CHECK(shared.count("a") == 10s);
    }
}

TEST_CASE("a count that is used up is forgotten when it is free again, and not before") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Shared shared(fresh);
        auto const forget = [&] {
            shared.database.write_apart(
                [&](database::Write& write) { forget_counts(write, shared.clock.now()); });
        };
        for (int time = 0; time < 3; ++time) CHECK(shared.count("a") == 0us);
        shared.clock.move(29s);
        forget();
        for (int time = 0; time < 2; ++time) CHECK(shared.count("a") == 0us);
        CHECK(shared.count("a") > 0us);
        shared.clock.move(31s);
        forget();
        for (int time = 0; time < 3; ++time) CHECK(shared.count("a") == 0us);
        CHECK(shared.count("a") > 0us);
    }
}

TEST_CASE("nodes count what an actor does together, also at the same moment") {
    Shared shared(tests::new_postgres_database());
    Rates here(shared.clock);
    Rates there(shared.clock);
    here.share(shared.database, shared.seal);
    there.share(shared.database, shared.seal);
    std::atomic<int> let_through = 0;
    auto const hammer = [&](Rates& rates) {
        for (int time = 0; time < 40; ++time)
            if (rates.take("sign-in", "10.0.0.1", 20, 60s) == 0s) ++let_through;
    };
    std::thread other([&] { hammer(there); });
    hammer(here);
    other.join();
    CHECK(let_through == 20);
    CHECK_THROWS_AS(here.require("sign-in", "10.0.0.1", 20, 60s), Refusal);
    CHECK_NOTHROW(here.require("sign-in", "10.0.0.2", 20, 60s));
    here.give_back("sign-in", "10.0.0.1");
    CHECK(here.take("sign-in", "10.0.0.1", 20, 60s) == 0s);
    CHECK(here.take("sign-in", "10.0.0.1", 20, 60s) > 0s);
}

TEST_CASE("the end of streams is noted for an hour") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Shared shared(fresh);
        auto const now = shared.clock.now();
        shared.database.write_now([&](database::Write& write) {
            add_stream_end(write, Id<Member>{7}, now);
            add_stream_end(write, Id<Member>{8}, now + 5s);
        });
        auto const ends = shared.database.read(
            [&](database::Read& read) { return stream_ends_since(read, now + 1s); });
        REQUIRE(ends.size() == 1);
        CHECK(ends.front().member == Id<Member>{8});
        shared.database.write_now(
            [&](database::Write& write) { forget_stream_ends(write, now + 1h); });
        CHECK(shared.database
                  .read([&](database::Read& read) { return stream_ends_since(read, Time{}); })
                  .empty());
    }
}

TEST_CASE("a node that serves alone on PostgreSQL forgets the ends of streams after an hour") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Shared shared(fresh);
        LiveHub live;
        Nodes nodes(shared.database, live, shared.clock, [](std::string const&) {});
        REQUIRE(nodes.alone());
        auto const end_streams_of = [&](std::int64_t member) {
            shared.database.write_now(
                [&](database::Write& write) { nodes.end_streams_after(write, {member}); });
        };
        auto const noted = [&] {
            std::vector<std::int64_t> members;
            auto const ends = shared.database.read(
                [&](database::Read& read) { return stream_ends_since(read, Time{}); });
            for (auto const& end : ends) members.push_back(end.member.value);
            return members;
        };
        using Members = std::vector<std::int64_t>;
        bool const is_shared = shared.database.engine() == database::Engine::postgres;
        end_streams_of(7);
        shared.clock.move(1h);
        end_streams_of(8);
        // On SQLite no other program serves, and nothing is noted.
        CHECK(noted() == (is_shared ? Members{7, 8} : Members{}));
        shared.clock.move(1s);
        end_streams_of(9);
        CHECK(noted() == (is_shared ? Members{8, 9} : Members{}));
    }
}

TEST_CASE("the first node leaves the hash of its secret, the others find it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Shared shared(fresh);
        auto const leave = [&](std::string const& own) {
            return shared.database.write_now(
                [&](database::Write& write) { return shared_secret_hash(write, own); });
        };
        CHECK(leave("one") == "one");
        CHECK(leave("another") == "one");
    }
}

TEST_CASE("two looks give the same word exactly while nothing is committed between them") {
    Shared shared(tests::new_postgres_database());
    auto const look = [&] { return shared.database.read(what_is_committed); };
    auto const before = look();
    CHECK(look() == before);
    shared.database.write_now(
        [&](database::Write& write) { add_stream_end(write, Id<Member>{7}, shared.clock.now()); });
    CHECK(look() != before);
}
