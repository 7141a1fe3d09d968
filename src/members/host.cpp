#include "members/host.hpp"

#include "members/community.hpp"
#include "members/help_lines.hpp"
#include "members/house_links.hpp"
#include "members/join_requests.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

web::Answer show_host(web::Call& call) {
    HostPage view;
    view.is_host = call.viewer().at_least(Role::host);
    view.has_review = has_page(call.site, "/review");
    view.has_mail = has_page(call.site, "/host/mail");
    view.has_jobs = has_page(call.site, "/host/jobs");
    view.has_storage = has_page(call.site, "/host/storage");
    view.has_bonds = has_page(call.site, "/host/bonds");
    view.has_greeters = has_page(call.site, "/welcome/greeters");
    view.waiting =
        static_cast<std::int64_t>(join_requests_waiting(call.read(), call.viewer()).size());
    view.lines_to_check = lines_to_check(call.read(), call.viewer(), call.now());
    return respond(call, view, {.title = call.say("members.host"), .place = web::Place::host});
}

}  // namespace

std::vector<web::TodayCard> host_cards(web::Call& call) {
    if (!call.viewer().at_least(Role::host)) return {};
    auto const count = lines_to_check(call.read(), call.viewer(), call.now());
    if (count == 0) return {};
    return {{call.say("members.help_lines"),
             {call.say("members.today_lines", {{"count", count}})},
             "/host/help-lines",
             call.say("members.today_lines_action")}};
}

std::vector<web::Route> host_routes() {
    return {web::get<HostPage>("/host", web::Access::steward, show_host)};
}

}  // namespace kith::members
