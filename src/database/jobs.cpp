#include "database/jobs.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "base/refusal.hpp"
#include "base/text.hpp"
#include "database/bell.hpp"

namespace kith::database {
namespace {

constexpr auto look_around = std::chrono::seconds(1);

constexpr Sql add_job =
    "insert into jobs (kind, payload, run_at) values (:kind, :payload, :run_at)";
constexpr Sql add_recurring =
    "insert into jobs (kind, payload, run_at, recurring) values (:kind, '', :run_at, true)"
    " on conflict do nothing";
constexpr Sql all_recurring = "select kind, run_at from jobs where recurring";
constexpr Sql bring_forward =
    "update jobs set run_at = :now"
    " where kind = :kind and recurring and state = 'waiting' and run_at > :latest";
constexpr Sql any_due =
    "select count(*) from (select 1 from jobs"
    " where state = 'waiting' and run_at <= :now limit 1) as due";
constexpr Sql take_one{{
    .sqlite = "update jobs set attempts = attempts + 1, run_at = :later, last_error = ''"
              " where id ="
              " (select id from jobs where state = 'waiting' and run_at <= :now"
              " order by run_at, id limit 1)"
              " returning id, kind, payload, attempts, recurring",
    .postgres = "update jobs set attempts = attempts + 1, run_at = :later, last_error = ''"
                " where id ="
                " (select id from jobs where state = 'waiting' and run_at <= :now"
                " order by run_at, id limit 1 for update skip locked)"
                " returning id, kind, payload, attempts, recurring",
}};
constexpr Sql remove_job = "delete from jobs where id = :id and attempts = :attempts";
constexpr Sql again_later =
    "update jobs set run_at = :run_at, attempts = :attempts_now, last_error = :error"
    " where id = :id and attempts = :attempts";
constexpr Sql put_back =
    "update jobs set run_at = :run_at, attempts = attempts - 1, last_error = :error"
    " where id = :id and attempts = :attempts";
constexpr Sql bury =
    "update jobs set state = 'dead', last_error = :error"
    " where id = :id and attempts = :attempts";
constexpr Sql all_dead =
    "select id, kind, payload, run_at, attempts, last_error from jobs"
    " where state = 'dead' order by run_at desc, id desc limit :most";
// One that is being done has been tried, has no error yet, and comes back later.
constexpr Sql kinds = R"(
    select j.kind,
           sum(case when j.state = 'waiting' and j.running = 0 then 1 else 0 end),
           sum(j.running),
           sum(case when j.state = 'dead' then 1 else 0 end),
           max(case when j.recurring then 1 else 0 end),
           min(case when j.state = 'waiting' and j.running = 0 then j.run_at end)
    from (select kind, state, recurring, run_at,
                 case when state = 'waiting' and attempts > 0 and last_error = ''
                           and run_at > :now then 1 else 0 end as running
          from jobs) j
    group by j.kind order by j.kind limit :most)";
constexpr Sql count_all =
    "select count(case when state = 'waiting' then 1 end), count(case when state = 'dead' then 1 "
    "end)"
    " from jobs";
constexpr Sql count_waiting = "select count(*) from jobs where state = 'waiting' and kind = :kind";
constexpr Sql wake_dead =
    "update jobs set state = 'waiting', attempts = 0, run_at = :run_at"
    " where id = :id and state = 'dead'";
constexpr Sql remove_dead = "delete from jobs where id = :id and state = 'dead'";

void ring_after_commit(Write& write) {
    write.after_commit([&bell = write.jobs_bell()] { bell.ring(); });
}

/// When a recurring job is next done.
struct Recurring {
    std::string kind;
    Time run_at;
};
BOOST_DESCRIBE_STRUCT(Recurring, (), (kind, run_at))

/// How long a job that failed `attempts` times waits: twice as long each time.
std::chrono::microseconds retry_delay(std::int64_t attempts) {
    std::chrono::microseconds delay = limits::job_retry_delay_first;
    for (std::int64_t at = 1; at < attempts && delay < limits::job_retry_delay_max; ++at) {
        delay *= 2;
    }
    return std::min<std::chrono::microseconds>(delay, limits::job_retry_delay_max);
}

}  // namespace

void enqueue(Write& write, std::string const& kind, std::string const& payload, Time run_at) {
    execute(write, add_job, bind("kind", kind), bind("payload", payload), bind("run_at", run_at));
    ring_after_commit(write);
}

std::vector<JobKindState> job_kinds(Read& read, Time now) {
    return rows<JobKindState>(read, kinds, bind("now", now), bind("most", limits::job_kinds_max));
}

std::vector<DeadJob> dead_jobs(Read& read) {
    return rows<DeadJob>(read, all_dead, bind("most", limits::page_items));
}

JobCounts count_jobs(Read& read) { return one<JobCounts>(read, count_all); }

std::int64_t waiting_jobs(Read& read, std::string const& kind) {
    return number(read, count_waiting, bind("kind", kind));
}

void revive(Write& write, Id<Job> job, Time run_at) {
    if (execute(write, wake_dead, bind("id", job), bind("run_at", run_at)) == 0) {
        throw Refusal::not_found();
    }
    ring_after_commit(write);
}

void forget(Write& write, Id<Job> job) {
    if (execute(write, remove_dead, bind("id", job)) == 0) {
        throw Refusal::not_found();
    }
}

JobRunner::JobRunner(Database& database, Clock const& clock, OnFault on_fault, std::size_t threads)
    : database_(database),
      clock_(clock),
      on_fault_(std::move(on_fault)),
      thread_count_(std::max<std::size_t>(1, threads)) {}

JobRunner::~JobRunner() { stop(); }

void JobRunner::handle(std::string kind, JobHandler handler) {
    known_[std::move(kind)] = {std::move(handler), std::nullopt};
}

void JobRunner::every(std::string kind, std::chrono::microseconds interval,
                      std::function<void()> work) {
    known_[std::move(kind)] = {[work = std::move(work)](std::string const&) { work(); }, interval};
}

void JobRunner::start() {
    for (std::size_t at = 0; at < thread_count_; ++at) {
        threads_.emplace_back([this] { work(); });
    }
}

void JobRunner::stop() {
    stopping_ = true;
    // A bell wakes one; each passes it on as it leaves, see work().
    database_.jobs_bell().ring();
    for (auto& thread : threads_) {
        thread.join();
    }
    threads_.clear();
    stopping_ = false;
}

void JobRunner::work() {
    while (!stopping_) {
        try {
            run_due_now();
        } catch (std::exception const& error) {
            on_fault_(std::string("jobs: ") + error.what());
        }
        if (!stopping_) {
            database_.jobs_bell().wait_for(look_around);
        }
    }
    database_.jobs_bell().ring();
}

std::size_t JobRunner::run_due_now() {
    ensure_recurring();
    std::size_t count = 0;
    for (auto job = take(); job; job = take()) {
        run(*job);
        ++count;
        if (stopping_) {
            break;
        }
    }
    return count;
}

void JobRunner::ensure_recurring() {
    auto const there =
        database_.read([&](Read& read) { return rows<Recurring>(read, all_recurring); });
    auto const now = clock_.now();
    for (auto const& entry : known_) {
        auto const& kind = entry.first;
        if (!entry.second.interval) {
            continue;
        }
        // No job is put off for longer: one that is was put off while the clock was wrong.
        auto const latest =
            now + *entry.second.interval + limits::job_retry_delay_max + limits::job_time_max;
        auto const found = std::find_if(there.begin(), there.end(),
                                        [&](Recurring const& one) { return one.kind == kind; });
        if (found != there.end() && found->run_at <= latest) {
            continue;
        }
        database_.write_now([&](Write& write) {
            execute(write, add_recurring, bind("kind", kind), bind("run_at", now));
            execute(write, bring_forward, bind("kind", kind), bind("now", now),
                    bind("latest", latest));
        });
    }
}

std::optional<JobRunner::Taken> JobRunner::take() {
    auto const now = clock_.now();
    // Looking costs no write; most looks find nothing.
    bool const due =
        database_.read([&](Read& read) { return number(read, any_due, bind("now", now)) != 0; });
    if (!due) {
        return std::nullopt;
    }
    return database_.write_now([&](Write& write) {
        return maybe<Taken>(write, take_one, bind("now", now),
                            bind("later", now + limits::job_time_max));
    });
}

void JobRunner::run(Taken const& job) {
    auto const known = known_.find(job.kind);
    if (known == known_.end()) {
        // A newer program may have queued it; it waits for one that knows, however often this one
        // looks.
        database_.write_now([&](Write& write) {
            execute(write, put_back, bind("id", job.id), bind("attempts", job.attempts),
                    bind("error", "nobody here does jobs of this kind"),
                    bind("run_at", clock_.now() + limits::job_retry_delay_first));
        });
        return;
    }
    try {
        known->second.handler(job.payload);
    } catch (std::exception const& error) {
        note_failed(job, error.what());
        return;
    }
    note_done(job);
}

// Both notes ask for the same count of attempts: a job that took too long may be another's by now.

void JobRunner::note_done(Taken const& job) {
    auto const known = known_.find(job.kind);
    database_.write_now([&](Write& write) {
        if (job.recurring && known->second.interval) {
            execute(write, again_later, bind("id", job.id), bind("attempts", job.attempts),
                    bind("attempts_now", 0), bind("error", ""),
                    bind("run_at", clock_.now() + *known->second.interval));
        } else {
            execute(write, remove_job, bind("id", job.id), bind("attempts", job.attempts));
        }
    });
}

void JobRunner::note_failed(Taken const& job, std::string error) {
    on_fault_("a job failed: " + job.kind + ", try " + std::to_string(job.attempts));
    error.resize(std::min(error.size(), limits::job_error_bytes_max));
    error = repaired_utf8(error);
    bool const dead = !job.recurring && job.attempts >= limits::job_tries_max;
    database_.write_now([&](Write& write) {
        if (dead) {
            execute(write, bury, bind("id", job.id), bind("attempts", job.attempts),
                    bind("error", error));
        } else {
            execute(write, again_later, bind("id", job.id), bind("attempts", job.attempts),
                    bind("attempts_now", job.attempts), bind("error", error),
                    bind("run_at", clock_.now() + retry_delay(job.attempts)));
        }
    });
}

}  // namespace kith::database
