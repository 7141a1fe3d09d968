#include "members/settings.hpp"

#include "members/erasure_store.hpp"
#include "members/house_links.hpp"
#include "members/invitations.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

web::Answer show_settings(web::Call& call) {
    SettingsPage view;
    view.profile_url = "/members/" + call.visitor.member_id.text();
    view.has_letters = has_page(call.site, "/letters");
    view.has_reach_outs = has_page(call.site, "/settings/reach-out");
    view.has_notices = has_page(call.site, "/settings/notices");
    view.has_thanks = has_page(call.site, "/thanks");
    view.has_sharing = has_page(call.site, "/settings/sharing");
    view.has_bonds = has_page(call.site, "/settings/openness");
    view.has_distance = has_page(call.site, "/settings/distance");
    view.may_invite = may_invite(call);
    view.being_erased = erased_from(call.read(), call.viewer()).has_value();
    return respond(call, view,
                   {.title = call.say("members.all_settings"), .place = web::Place::you});
}

}  // namespace

std::vector<web::Route> settings_routes() {
    return {web::get<SettingsPage>("/settings", web::Access::member, show_settings)};
}

}  // namespace kith::members
