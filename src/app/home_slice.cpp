#include "app/home_slice.hpp"

#include "app/today_page.hpp"
#include "members/community.hpp"
#include "web/open_api.hpp"
#include "web/refuse.hpp"
#include "web/respond.hpp"

namespace kith::app {
namespace {

using web::Access;
using web::Answer;
using web::Call;

/// What a stranger sees first.
struct WelcomePage {
    static constexpr std::string_view page = "app/welcome";
    std::string community_name;
    bool may_ask_to_join = false;
};
BOOST_DESCRIBE_STRUCT(WelcomePage, (), (community_name, may_ask_to_join))

Answer show_welcome(Call& call) {
    auto const community = members::community(call.read());
    WelcomePage view;
    view.community_name = community.name;
    view.may_ask_to_join = community.join_policy != members::JoinPolicy::invitation;
    web::Head head{.title = community.name};
    head.for_search_engines = true;
    head.canonical = "/";
    return respond(call, view, std::move(head));
}

Answer show_home(Call& call) {
    return call.viewer().signed_in() ? show_today(call) : show_welcome(call);
}

Answer plain(std::string words) {
    auto answer = web::raw("text/plain; charset=utf-8", std::move(words));
    answer.headers.emplace_back("cache-control", "no-store");
    return answer;
}

Answer show_health(Call&) { return plain("ok\n"); }

Answer show_ready(Call& call) {
    bool ready = call.site.ready;
    try {
        if (ready) call.site.database.check();
    } catch (std::exception const&) {
        ready = false;
    }
    auto answer = plain(ready ? "ready\n" : "not ready\n");
    answer.status = ready ? 200 : 503;
    return answer;
}

Answer show_metrics(Call& call) { return plain(call.site.metrics.text()); }

Answer show_open_api(Call& call) {
    auto const title = members::community(call.read()).name;
    return web::raw("application/json", web::open_api(*call.site.routes, title));
}

Answer show_robots(Call&) {
    return plain(
        "User-agent: *\nDisallow: /members\nDisallow: /circles\nDisallow: /conversations\n"
        "Disallow: /thanks\nDisallow: /join\n"
        "Disallow: /settings\n");
}

Answer show_security_text(Call& call) {
    auto const contact = members::community(call.read()).contact;
    // RFC 9116 asks for an expiry within a year; a page that is made anew each time has half of it.
    auto const expires = std::chrono::floor<std::chrono::days>(call.now()) + std::chrono::days(180);
    std::chrono::year_month_day const day{expires};
    auto const two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    std::string text;
    if (!contact.empty()) text += "Contact: mailto:" + contact + "\n";
    text += "Expires: " + std::to_string(static_cast<int>(day.year())) + "-" +
            two(static_cast<unsigned>(day.month())) + "-" + two(static_cast<unsigned>(day.day())) +
            "T00:00:00Z\nCanonical: " + call.site.settings.public_url +
            "/.well-known/security.txt\n";
    return plain(std::move(text));
}

std::vector<std::string> itself(std::string path) { return {std::move(path)}; }

web::Probe fixed(std::string_view pattern) {
    return {pattern, [pattern](database::Read&) { return itself(std::string(pattern)); }};
}

}  // namespace

web::Slice home_slice() {
    auto home = web::kept(web::get<TodayPage>("/", Access::anyone, show_home));
    return {
        .name = "home",
        .resources = {},
        .routes = {home, web::at_once(web::get_raw("/healthz", Access::anyone, show_health)),
                   web::get_raw("/readyz", Access::anyone, show_ready),
                   web::get_raw("/metrics", Access::loopback, show_metrics),
                   web::get_raw("/api/openapi.json", Access::anyone, show_open_api),
                   web::get_raw("/robots.txt", Access::anyone, show_robots),
                   web::get_raw("/.well-known/security.txt", Access::anyone, show_security_text)},
        .pages = {web::page<WelcomePage>(), web::page<TodayPage>(), web::page<web::RefusalPage>()},
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{fixed("/"), fixed("/healthz"), fixed("/readyz"),
                                          fixed("/metrics"), fixed("/api/openapi.json"),
                                          fixed("/robots.txt"), fixed("/.well-known/security.txt")},
    };
}

}  // namespace kith::app
