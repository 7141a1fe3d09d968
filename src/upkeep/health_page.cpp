#include "upkeep/health_page.hpp"

#include "database/jobs.hpp"
#include "upkeep/checks.hpp"
#include "upkeep/limits.hpp"
#include "web/respond.hpp"

namespace kith::upkeep {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view health_path = "/host/health";
constexpr std::string_view look_job = "upkeep_look";
constexpr std::string_view look_now_job = "upkeep_look_now";

std::string page_of(std::string_view about) {
    if (about == "mail") return "/host/mail";
    if (about == "jobs") return "/host/jobs";
    if (about == "help_lines") return "/host/help-lines";
    if (about == "disk" || about == "backups") return "/host/storage";
    return {};
}

HealthLine shown(Call const& call, Finding const& finding) {
    auto told = tell(call.site.words, call.reading().language, finding);
    return {std::move(told.about), std::move(told.said), std::move(told.to_do),
            page_of(finding.about), finding.verdict};
}

std::vector<Finding> all_findings(Call& call, HealthPage& view) {
    auto const& settings = call.site.settings;
    auto all = check_community(call.read(), call.viewer(), settings.mail, call.now());
    all.push_back(check_disks(settings.data_directory, call.site.files_directory));
    if (!call.site.nodes->alone()) all.push_back(check_bus(call.site.nodes->bus_is_there()));
    all.push_back(check_secret(settings.data_directory));
    for (auto& kept : kept_findings(call.read(), call.viewer())) {
        view.looked_at = kept.at;
        // Without a mail server the queue says so already.
        if (kept.finding.word != "mail_server_none") all.push_back(std::move(kept.finding));
    }
    std::stable_sort(all.begin(), all.end(), [](Finding const& one, Finding const& other) {
        return one.verdict > other.verdict;
    });
    return all;
}

Answer show_health(Call& call) {
    HealthPage view;
    for (auto const& finding : all_findings(call, view)) {
        auto& lines = finding.verdict == Verdict::ok ? view.fine : view.broken;
        lines.push_back(shown(call, finding));
    }
    view.any_broken = !view.broken.empty();
    return web::respond(call, view,
                        {.title = call.say("upkeep.health_title"), .place = web::Place::host});
}

Outcome act_look(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        database::enqueue(write, std::string(look_now_job), "", call.now());
        return web::done(call, std::string(health_path), "upkeep.said_looking");
    });
}

void look(web::Site& site, std::string const&) {
    std::vector<Finding> const found{check_mail_server(site.settings.mail),
                                     check_certificate(site.settings.public_url, site.now())};
    site.database.write_now(
        [&](database::Write& write) { keep_findings(write, found, site.now()); });
}

}  // namespace

std::vector<web::Route> health_routes() {
    return {web::get<HealthPage>(health_path, Access::host, show_health),
            web::limited(
                web::post<web::NoFields>("/host/health/look", Access::host, act_look, show_health),
                {limits::looks_max, limits::looks_time})};
}

std::vector<web::JobKind> health_jobs() {
    return {{look_job, look, limits::look_period}, {look_now_job, look}};
}

}  // namespace kith::upkeep
