#include "members/profile.hpp"

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "members/house_links.hpp"
#include "members/members.hpp"
#include "members/profiles_store.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;

constexpr std::string_view people_list = "people";

MemberRow shown_member(Call& call) {
    auto member = find_member(call.read(), call.viewer(), call.id());
    if (!member) throw Refusal::not_found();
    return *std::move(member);
}

Answer show_profile(Call& call) {
    auto member = shown_member(call);
    ProfilePage view;
    view.pronouns = member.pronouns;
    view.role = role_sentence(call, member.role);
    view.here = how_long_here(call, member.joined_at);
    view.about = {render_markdown(member.about, MarkdownKind::comment)};
    view.is_you = call.viewer().is(member.id);
    if (view.is_you)
        view.seen_by =
            profile_audience(call, member, is_author(call.read(), call.viewer(), member.id));
    if (call.site.hooks.reach_out_url)
        view.reach_out_url = call.site.hooks.reach_out_url(call, member.public_id);
    if (!view.is_you && has_page(call.site, "/bonds"))
        view.bond_url = "/members/" + member.public_id.text() + "/bond";
    if (!view.is_you && has_page(call.site, "/settings/distance"))
        view.distance_url = "/members/" + member.public_id.text() + "/distance?then=%2Fmembers";
    view.member = make_card(member.public_id, member.name, member.role, member.avatar.has_value());
    web::Head head{.title = member.name};
    head.place = view.is_you ? web::Place::you : web::Place::people;
    return respond(call, view, std::move(head));
}

Answer show_avatar(Call& call) {
    auto const file = avatar_file(call.read(), call.viewer(), call.id());
    auto bytes = file ? call.site.files.get(*file) : std::nullopt;
    if (!bytes) throw Refusal::not_found();
    return web::raw(file->ends_with(".webp") ? "image/webp" : "image/jpeg", *std::move(bytes));
}

PersonItem item_of(Call const& call, PersonRow const& row) {
    return {make_card(row.public_id, row.name, row.role, row.has_avatar), row.pronouns,
            role_sentence(call, row.role)};
}

Answer show_people(Call& call) {
    Seal::Place after;
    PeoplePage view;
    if (auto const* cursor = call.query.find("after")) {
        auto place = call.site.seal.place(call.viewer(), people_list, *cursor);
        if (!place) throw Refusal::malformed();
        after = *std::move(place);
        view.first_url = "/members";
    }
    auto rows = list_people(call.read(), call.viewer(), after, limits::page_items + 1);
    if (rows.size() > limits::page_items) {
        rows.pop_back();
        view.next = call.site.seal.cursor(call.viewer(), people_list,
                                          Seal::Place{rows.back().order, rows.back().id.value});
        view.next_url = "/members?after=" + *view.next;
    }
    for (auto const& row : rows) view.items.push_back(item_of(call, row));
    auto const self = member_by_id(call.read(), call.viewer(), call.viewer().member);
    view.you_are_listed = self && (self->listed || self->role != Role::member);
    return respond(call, view, {.title = call.say("members.people"), .place = web::Place::people});
}

}  // namespace

std::optional<std::string> role_sentence(Call const& call, Role role) {
    switch (role) {
        case Role::guide: return call.say("members.role_guide");
        case Role::steward: return call.say("members.role_steward");
        case Role::host: return call.say("members.role_host");
        case Role::stranger:
        case Role::member: break;
    }
    return std::nullopt;
}

std::string how_long_here(Call const& call, Time joined_at) {
    auto const months = std::chrono::floor<std::chrono::months>(call.now() - joined_at).count();
    if (months < 1) return call.say("members.here_new");
    if (months < 12) return call.say("members.here_months", {{"months", months}});
    return call.say("members.here_years", {{"years", months / 12}});
}

std::string profile_audience(Call const& call, MemberRow const& member, bool author) {
    if (member.role != Role::member) return call.say("members.seen_leading");
    if (member.listed) return call.say("members.seen_listed");
    if (author) return call.say("members.seen_author");
    return call.say("members.seen_nobody");
}

std::vector<web::Route> profile_routes() {
    return {
        web::get<PeoplePage>("/members", Access::member, show_people),
        web::get<ProfilePage>("/members/{id}", Access::member, show_profile),
        web::get_raw("/members/{id}/avatar", Access::anyone, show_avatar),
    };
}

}  // namespace kith::members
