#include "host_site.hpp"

#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "members/members_slice.hpp"
#include "notify/notify_slice.hpp"
#include "upkeep/upkeep_slice.hpp"

namespace kith::upkeep {
namespace {

web::SiteHooks hooks() {
    web::SiteHooks hooks;
    hooks.recognise = [](web::Site&, database::Read&, web::HttpRequest const& request, Time now) {
        web::Visitor visitor;
        auto const role = request.header("x-role");
        if (role.empty()) return visitor;
        visitor.viewer = {Id<Member>{7}, role == "host"      ? Role::host
                                         : role == "steward" ? Role::steward
                                                             : Role::member};
        visitor.authenticated_at = now;
        return visitor;
    };
    hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
    hooks.furnish = [](web::Call&, web::Shell& shell) { shell.community_name = "Test Street"; };
    return hooks;
}

void cannot(web::Site&, std::string const&) { throw std::runtime_error("it can't be done"); }

/// Two kinds of jobs that fail each time.
web::Slice failing_slice() {
    return {
        .name = "failing",
        .resources = {},
        .routes = {},
        .pages = {},
        .jobs = {{"unheard_of", cannot}, {"other", cannot}},
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{}};
}

}  // namespace

HostSite::HostSite(std::string url)
    : site({members_slice(), notify::notify_slice(), upkeep_slice(), failing_slice()}, hooks(),
           std::move(url)) {}

tests::Browser HostSite::as(std::string role) const {
    auto browser = site.browser();
    browser.headers["x-role"] = std::move(role);
    return browser;
}

void HostSite::enqueue(std::string const& kind, Time at) {
    site.database().write_now(
        [&](database::Write& write) { database::enqueue(write, kind, "payload", at); });
}

void HostSite::fail(std::string const& kind) {
    enqueue(kind, site.clock.now());
    for (int tried = 0; tried < limits::job_tries_max; ++tried) {
        site.house().run_due_jobs();
        site.clock.move(limits::job_retry_delay_max);
    }
}

void HostSite::run(database::Sql const& sql) {
    site.database().write_now([&](database::Write& write) { database::execute(write, sql); });
}

}  // namespace kith::upkeep
