#include "database/jobs.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <set>

#include "base/limits.hpp"
#include "database/migrator.hpp"
#include "postgres.hpp"
#include "resources/database.hpp"

namespace kith::database {
namespace {

using namespace std::chrono_literals;

class MovedClock final : public Clock {
public:
    [[nodiscard]] Time now() const override { return Time(std::chrono::microseconds(now_)); }
    void move(std::chrono::microseconds by) { now_ += by.count(); }

private:
    std::atomic<std::int64_t> now_ = 1'800'000'000'000'000;
};

void nobody_cares(std::string const&) {}

void queue(Database& database, Time run_at, std::string const& payload) {
    database.write_now([&](Write& write) { enqueue(write, "mail", payload, run_at); });
}

std::int64_t waiting(Database& database) {
    return database.read([](Read& read) { return waiting_jobs(read, "mail"); });
}

TEST_CASE("a job is done once it is due, in order, and is gone then") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        migrate(database, migrations_of(database_resources()));
        MovedClock clock;
        JobRunner runner(database, clock, nobody_cares);
        std::vector<std::string> done;
        runner.handle("mail", [&](std::string const& payload) { done.push_back(payload); });
        queue(database, clock.now() + 1min, "later");
        queue(database, clock.now(), "now");
        CHECK(runner.run_due_now() == 1);
        CHECK(runner.run_due_now() == 0);
        clock.move(1min);
        CHECK(runner.run_due_now() == 1);
        CHECK(done == std::vector<std::string>{"now", "later"});
        CHECK(waiting(database) == 0);
    }
}

TEST_CASE("a deed that isn't kept leaves no job") {
    auto const fresh = tests::new_sqlite_database();
    Database database({.url = fresh.url});
    migrate(database, migrations_of(database_resources()));
    CHECK_THROWS_AS(database.write_now([](Write& write) {
        enqueue(write, "mail", "never", Time{});
        throw Refusal::not_allowed();
    }),
                    Refusal);
    CHECK(waiting(database) == 0);
}

TEST_CASE("a job that fails is tried ever later, then it is dead and can be revived") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        migrate(database, migrations_of(database_resources()));
        MovedClock clock;
        JobRunner runner(database, clock, nobody_cares);
        bool works = false;
        int tries = 0;
        runner.handle("mail", [&](std::string const&) {
            ++tries;
            if (!works) {
                throw std::runtime_error("no route");
            }
        });
        queue(database, clock.now(), "letter");
        CHECK(runner.run_due_now() == 1);
        clock.move(limits::job_retry_delay_first - 1us);
        CHECK(runner.run_due_now() == 0);
        clock.move(1us);
        CHECK(runner.run_due_now() == 1);
        clock.move(limits::job_retry_delay_first);
        CHECK(runner.run_due_now() == 0);
        for (int at = 0; at < 20; ++at) {
            clock.move(limits::job_retry_delay_max);
            runner.run_due_now();
        }
        CHECK(tries == limits::job_tries_max);
        auto const dead = database.read([](Read& read) { return dead_jobs(read); });
        REQUIRE(dead.size() == 1);
        CHECK(dead[0].last_error == "no route");
        CHECK(dead[0].payload == "letter");
        CHECK(waiting(database) == 0);
        auto const counts = database.read(count_jobs);
        CHECK(counts.waiting == 0);
        CHECK(counts.dead == 1);
        works = true;
        database.write_now([&](Write& write) { revive(write, dead[0].id, clock.now()); });
        CHECK(runner.run_due_now() == 1);
        CHECK(database.read([](Read& read) { return dead_jobs(read); }).empty());
        CHECK_THROWS_AS(
            database.write_now([&](Write& write) { revive(write, dead[0].id, clock.now()); }),
            Refusal);
        CHECK_THROWS_AS(database.write_now([&](Write& write) { forget(write, dead[0].id); }),
                        Refusal);
    }
}

TEST_CASE("a job whose taker went away comes back") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        migrate(database, migrations_of(database_resources()));
        MovedClock clock;
        int done = 0;
        JobRunner slow(database, clock, nobody_cares);
        JobRunner other(database, clock, nobody_cares);
        other.handle("mail", [&](std::string const&) { ++done; });
        slow.handle("mail", [&](std::string const&) {
            // While this one is at it, nobody else is; after too long, another is.
            CHECK(other.run_due_now() == 0);
            clock.move(limits::job_time_max);
            CHECK(other.run_due_now() == 1);
            throw std::runtime_error("too late");
        });
        queue(database, clock.now(), "once");
        CHECK(slow.run_due_now() == 1);
        CHECK(done == 1);
        CHECK(waiting(database) == 0);
    }
}

TEST_CASE("a recurring job comes back, on several nodes as one") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        migrate(database, migrations_of(database_resources()));
        MovedClock clock;
        int done = 0;
        bool works = true;
        auto const work = [&] {
            ++done;
            if (!works) {
                throw std::runtime_error("not now");
            }
        };
        JobRunner one(database, clock, nobody_cares);
        JobRunner two(database, clock, nobody_cares);
        one.every("forget_old_addresses", 1h, work);
        two.every("forget_old_addresses", 1h, work);
        CHECK(one.run_due_now() + two.run_due_now() == 1);
        clock.move(59min);
        CHECK(one.run_due_now() + two.run_due_now() == 0);
        clock.move(1min);
        CHECK(one.run_due_now() + two.run_due_now() == 1);
        works = false;
        for (int at = 0; at < 20; ++at) {
            clock.move(limits::job_retry_delay_max);
            CHECK(one.run_due_now() == 1);
        }
        works = true;
        clock.move(limits::job_retry_delay_max);
        CHECK(two.run_due_now() == 1);
        CHECK(done == 23);
    }
}

TEST_CASE("a recurring job that was put off while the clock was wrong is done when it is right") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        migrate(database, migrations_of(database_resources()));
        MovedClock clock;
        int swept = 0;
        JobRunner runner(database, clock, nobody_cares);
        runner.every("sweep", 1h, [&] { ++swept; });
        clock.move(60 * 24h);
        CHECK(runner.run_due_now() == 1);
        clock.move(-60 * 24h);
        CHECK(runner.run_due_now() == 1);
        CHECK(runner.run_due_now() == 0);
        clock.move(1h);
        CHECK(runner.run_due_now() == 1);
        CHECK(swept == 3);
    }
}

TEST_CASE("several threads share the jobs, and wake when one is queued") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Database database({.url = fresh.url});
        migrate(database, migrations_of(database_resources()));
        SystemClock clock;
        std::mutex mutex;
        std::multiset<std::string> done;
        std::promise<void> all;
        JobRunner runner(database, clock, nobody_cares, 3);
        runner.handle("mail", [&](std::string const& payload) {
            std::scoped_lock const lock(mutex);
            done.insert(payload);
            if (done.size() == 40) {
                all.set_value();
            }
        });
        runner.start();
        for (int at = 0; at < 40; ++at) {
            queue(database, clock.now(), std::to_string(at));
        }
        all.get_future().wait();
        runner.stop();
        CHECK(waiting(database) == 0);
        for (int at = 0; at < 40; ++at) {
            CHECK(done.count(std::to_string(at)) == 1);
        }
    }
}

TEST_CASE("a job that nobody here knows waits for who does") {
    auto const fresh = tests::new_sqlite_database();
    Database database({.url = fresh.url});
    migrate(database, migrations_of(database_resources()));
    MovedClock clock;
    JobRunner old_program(database, clock, nobody_cares);
    queue(database, clock.now(), "new");
    // However often it looks.
    for (int look = 0; look < 2 * limits::job_tries_max; ++look) {
        CHECK(old_program.run_due_now() == 1);
        clock.move(limits::job_retry_delay_first);
    }
    CHECK(waiting(database) == 1);
    JobRunner new_program(database, clock, nobody_cares);
    int done = 0;
    new_program.handle("mail", [&](std::string const&) { ++done; });
    clock.move(limits::job_retry_delay_first);
    CHECK(new_program.run_due_now() == 1);
    CHECK(done == 1);
}

}  // namespace
}  // namespace kith::database
