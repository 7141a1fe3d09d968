#include "upkeep/jobs_page.hpp"

#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "web/respond.hpp"

namespace kith::upkeep {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view jobs_path = "/host/jobs";
constexpr std::string_view job_list = "job";

/// What a kind of job does, in words where the catalogue has some.
std::string in_words(Call const& call, std::string const& kind) {
    auto name = kind;
    std::replace(name.begin(), name.end(), '.', '_');
    auto const word = "upkeep.job_" + name;
    return call.site.words.has(word) ? call.say(word) : kind;
}

FailedJob shown(Call const& call, database::DeadJob&& job) {
    auto const url =
        std::string(jobs_path) + "/" + call.site.seal.cursor(call.viewer(), job_list, job.id.value);
    return {in_words(call, job.kind), job.attempts,   std::move(job.last_error), job.run_at,
            url + "/again",           url + "/forget"};
}

Answer show_jobs(Call& call) {
    JobsPage view;
    auto dead = database::dead_jobs(call.read());
    view.more_failed = dead.size() == limits::page_items;
    for (auto& job : dead) view.failed.push_back(shown(call, std::move(job)));
    for (auto const& kind : database::job_kinds(call.read(), call.now()))
        view.kinds.push_back({in_words(call, kind.kind), kind.waiting, kind.running, kind.failed,
                              kind.running > 0, kind.failed > 0, kind.recurring, kind.next_at});
    return web::respond(call, view,
                        {.title = call.say("upkeep.jobs_title"), .place = web::Place::host});
}

Id<database::Job> job_of(Call const& call) {
    auto const id = call.site.seal.position(call.viewer(), job_list, call.parameter("job"));
    if (!id) throw Refusal::not_found();
    return {*id};
}

Outcome act_again(Call& call) {
    return Outcome::deed([&call, job = job_of(call)](database::Write& write) {
        database::revive(write, job, call.now());
        return web::done(call, std::string(jobs_path), "upkeep.said_again");
    });
}

Outcome act_forget(Call& call) {
    return Outcome::deed([&call, job = job_of(call)](database::Write& write) {
        database::forget(write, job);
        return web::done(call, std::string(jobs_path), "upkeep.said_forgotten");
    });
}

}  // namespace

std::vector<web::Route> jobs_routes() {
    using web::NoFields;
    using web::post;
    return {
        web::get<JobsPage>(jobs_path, Access::host, show_jobs),
        post<NoFields>("/host/jobs/{job}/again", Access::host, act_again, show_jobs),
        post<NoFields>("/host/jobs/{job}/forget", Access::host, act_forget, show_jobs),
    };
}

}  // namespace kith::upkeep
