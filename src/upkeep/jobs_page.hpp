#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::upkeep {

/// One kind of what the server does by itself, and how it stands with it.
struct JobKindLine {
    std::string what;  ///< a sentence, or the kind's own name
    std::int64_t waiting = 0;
    std::int64_t running = 0;
    std::int64_t failed = 0;
    bool any_running = false;
    bool any_failed = false;
    bool by_itself = false;  ///< it comes back by the clock
    std::optional<Time> next_at;
};
BOOST_DESCRIBE_STRUCT(JobKindLine, (),
                      (what, waiting, running, failed, any_running, any_failed, by_itself, next_at))

/// A job that failed too often and waits for the host.
struct FailedJob {
    std::string what;
    std::int64_t attempts = 0;
    std::string last_error;
    Time at;
    std::string again_url;
    std::string forget_url;
};
BOOST_DESCRIBE_STRUCT(FailedJob, (), (what, attempts, last_error, at, again_url, forget_url))

struct JobsPage {
    static constexpr std::string_view page = "upkeep/jobs";
    std::vector<FailedJob> failed;
    bool more_failed = false;  ///< shown once these are dealt with
    std::vector<JobKindLine> kinds;
};
BOOST_DESCRIBE_STRUCT(JobsPage, (), (failed, more_failed, kinds))

/// The host's page of jobs. Its addresses name a job by a cursor: internal numbers stay inside.
[[nodiscard]] std::vector<web::Route> jobs_routes();

}  // namespace kith::upkeep
