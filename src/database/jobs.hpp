#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "database/database.hpp"

namespace kith::database {

struct Job;  // the tag of Id<Job>

/// Does one job, outside any transaction. It may be run again after a crash or an error, so what
/// it does twice must be as if done once. Throws to be tried again later.
using JobHandler = std::function<void(std::string const& payload)>;

/// Queues a job within a deed: it exists if the deed is kept.
void enqueue(Write& write, std::string const& kind, std::string const& payload, Time run_at);

/// A job that failed too often and waits for the host.
struct DeadJob {
    Id<Job> id;
    std::string kind;
    std::string payload;
    Time run_at;
    std::int64_t attempts = 0;
    std::string last_error;
    bool operator==(DeadJob const&) const = default;
};
BOOST_DESCRIBE_STRUCT(DeadJob, (), (id, kind, payload, run_at, attempts, last_error))

/// How it stands with the jobs of one kind.
struct JobKindState {
    std::string kind;
    std::int64_t waiting = 0;
    std::int64_t running = 0;
    std::int64_t failed = 0;
    bool recurring = false;
    std::optional<Time> next_at;  ///< when the next of those that wait is due
};
BOOST_DESCRIBE_STRUCT(JobKindState, (), (kind, waiting, running, failed, recurring, next_at))

/// All kinds that there is a job of, by name; at most limits::job_kinds_max.
[[nodiscard]] std::vector<JobKindState> job_kinds(Read& read, Time now);

/// The latest limits::page_items dead jobs.
[[nodiscard]] std::vector<DeadJob> dead_jobs(Read& read);
/// How many jobs wait, and how many are dead; for /metrics.
struct JobCounts {
    std::int64_t waiting = 0;
    std::int64_t dead = 0;
};
BOOST_DESCRIBE_STRUCT(JobCounts, (), (waiting, dead))
[[nodiscard]] JobCounts count_jobs(Read& read);
/// How many jobs of `kind` wait (dead ones apart); for tests.
[[nodiscard]] std::int64_t waiting_jobs(Read& read, std::string const& kind);
/// Gives a dead job all its tries again. Refuses with not_found if it isn't there.
void revive(Write& write, Id<Job> job, Time run_at);
/// Takes a dead job away. Refuses with not_found if it isn't there.
void forget(Write& write, Id<Job> job);

/// Does jobs when they are due, on threads of its own and on every node of a community: each job
/// at least once, by one at a time. A failing job is tried again ever later, then it is dead.
class JobRunner {
public:
    JobRunner(Database& database, Clock const& clock, OnFault on_fault, std::size_t threads = 1);
    ~JobRunner();
    JobRunner(JobRunner const&) = delete;
    JobRunner& operator=(JobRunner const&) = delete;

    /// Before start(): who does jobs of `kind`.
    void handle(std::string kind, JobHandler handler);
    /// Before start(): a job without payload that comes back `interval` after it was done.
    void every(std::string kind, std::chrono::microseconds interval, std::function<void()> work);

    /// Begins to do jobs, recurring ones first if they never ran.
    void start();
    /// Lets jobs under way finish, and returns.
    void stop();
    /// Does what is due now on this thread, also what became due by it; returns how many.
    std::size_t run_due_now();

private:
    struct Taken {
        Id<Job> id;
        std::string kind;
        std::string payload;
        std::int64_t attempts = 0;
        bool recurring = false;
        BOOST_DESCRIBE_CLASS(Taken, (), (id, kind, payload, attempts, recurring), (), ())
    };
    struct Known {
        JobHandler handler;
        std::optional<std::chrono::microseconds> interval;
    };

    void work();
    [[nodiscard]] std::optional<Taken> take();
    void run(Taken const& job);
    void note_done(Taken const& job);
    void note_failed(Taken const& job, std::string error);
    void ensure_recurring();

    Database& database_;
    Clock const& clock_;
    OnFault on_fault_;
    std::size_t thread_count_;
    std::map<std::string, Known> known_;
    std::atomic<bool> stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace kith::database
