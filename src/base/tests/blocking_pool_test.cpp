#include "base/blocking_pool.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>

using namespace kith;

TEST_CASE("the pool does what it accepted") {
    BlockingPool pool(2, 100);
    std::atomic<int> done = 0;
    for (int i = 0; i < 50; ++i) CHECK(pool.try_post([&] { ++done; }));
    pool.stop();
    CHECK(done == 50);
}

TEST_CASE("a full queue refuses at once") {
    BlockingPool pool(1, 2);
    std::promise<void> started;
    std::promise<void> gate;
    CHECK(pool.try_post([&] {
        started.set_value();
        gate.get_future().wait();
    }));
    started.get_future().wait();
    std::atomic<int> done = 0;
    CHECK(pool.try_post([&] { ++done; }));
    CHECK(pool.try_post([&] { ++done; }));
    CHECK_FALSE(pool.try_post([&] { ++done; }));
    gate.set_value();
    pool.stop();
    CHECK(done == 2);
}

TEST_CASE("a stopped pool refuses, and may be stopped again") {
    BlockingPool pool(1, 2);
    pool.stop();
    CHECK_FALSE(pool.try_post([] {}));
    pool.stop();
}
