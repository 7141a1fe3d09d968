#include "members/host_members.hpp"

#include "base/limits.hpp"
#include "members/account_deeds.hpp"
#include "members/house_links.hpp"
#include "members/profile.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view members_path = "/host/members";
constexpr std::string_view members_list = "members for the host";

/// A choice of the filter; what isn't one filters nothing.
template <class Choice>
std::optional<Choice> choice_in(web::Fields const& query, std::string_view name) {
    Choice choice{};
    auto const* text = query.find(name);
    if (text == nullptr || !web::forms::read(*text, choice)) return std::nullopt;
    return choice;
}

HostMemberItem item_of(Call const& call, HostMemberRow const& row) {
    HostMemberItem item;
    item.member = make_card(row.public_id, row.name, row.role, row.has_avatar);
    item.role = role_sentence(call, row.role);
    item.state = row.state;
    item.writes_essays = row.writes_essays;
    item.here = how_long_here(call, row.joined_at);
    item.url = "/host/members/" + row.public_id.text();
    return item;
}

void show_filter(HostMembersPage& view, MembersFilter const& filter, web::Fields const& query) {
    view.name = filter.name;
    if (filter.role) view.role = query.text("role");
    if (filter.state) view.state = query.text("state");
    view.role_member = filter.role == Role::member;
    view.role_guide = filter.role == Role::guide;
    view.role_steward = filter.role == Role::steward;
    view.role_host = filter.role == Role::host;
    view.state_active = filter.state == MemberState::active;
    view.state_disabled = filter.state == MemberState::disabled;
    view.state_erasing = filter.state == MemberState::erasing;
}

Answer show_members(Call& call) {
    MembersFilter const filter{web::trimmed(call.query.text("name")),
                               choice_in<Role>(call.query, "role"),
                               choice_in<MemberState>(call.query, "state")};
    Seal::Place after;
    if (auto const* cursor = call.query.find("after")) {
        auto place = call.site.seal.place(call.viewer(), members_list, *cursor);
        if (!place) throw Refusal::malformed();
        after = *std::move(place);
    }
    auto rows = members_for_host(call.read(), call.viewer(), filter, after, limits::page_items + 1);
    HostMembersPage view;
    show_filter(view, filter, call.query);
    if (rows.size() > limits::page_items) {
        rows.pop_back();
        view.next = call.site.seal.cursor(call.viewer(), members_list,
                                          Seal::Place{rows.back().order, rows.back().id.value});
        view.next_url = std::string(members_path) + "?name=" + web::url_encode(view.name) +
                        "&role=" + view.role + "&state=" + view.state + "&after=" + *view.next;
    }
    for (auto const& row : rows) view.items.push_back(item_of(call, row));
    return respond(
        call, view,
        {.title = call.say("members.host_members"), .place = web::Place::host, .wide = true});
}

MemberRow shown_member(Call const& call, database::Read& read) {
    auto member = member_for_host(read, call.viewer(), call.id());
    if (!member) throw Refusal::not_found();
    return *std::move(member);
}

Answer show_member(Call& call) {
    auto const member = shown_member(call, call.read());
    auto const url = "/host/members/" + member.public_id.text();
    HostMemberPage view;
    view.member = make_card(member.public_id, member.name, member.role, member.avatar.has_value());
    view.role = member.role;
    view.state = member.state;
    view.writes_essays = member.writes_essays;
    view.is_you = call.viewer().is(member.id);
    view.last_host = is_last_host(call.read(), call.viewer(), member);
    view.here = how_long_here(call, member.joined_at);
    view.fresh = is_fresh(call);
    view.again_url = again_url(url);
    view.role_url = url + "/role";
    view.state_url = url + "/state";
    view.essays_url = url + "/essays";
    return respond(call, view, {.title = member.name, .place = web::Place::host});
}

Answer back(Call& call) {
    return web::done(call, "/host/members/" + call.parameter("id"), "members.said_changed");
}

Outcome act_role(Call& call) {
    auto const form = web::read_form<RoleForm>(call.form);
    if (form.role == Role::stranger) throw Refusal::mistakes({{"role", "form.not_understood"}});
    return Outcome::deed([&call, form](database::Write& write) {
        auto const member = shown_member(call, write);
        give_role(call.site, write, call.viewer(), member, form.role);
        return back(call);
    });
}

Outcome act_state(Call& call) {
    auto const form = web::read_form<StateForm>(call.form);
    if (form.state != MemberState::active && form.state != MemberState::disabled)
        throw Refusal::mistakes({{"state", "form.not_understood"}});
    return Outcome::deed([&call, form](database::Write& write) {
        auto const member = shown_member(call, write);
        disable_or_enable(call.site, write, call.viewer(), member, form.state);
        return back(call);
    });
}

Outcome act_essays(Call& call) {
    auto const form = web::read_form<EssaysForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        let_write_essays(call.site, write, call.viewer(), shown_member(call, write),
                         form.writes_essays);
        return back(call);
    });
}

template <class Form>
web::Route fresh(std::string_view pattern, web::Act act) {
    return freshly_signed_in(web::post<Form>(pattern, Access::host, act, show_member));
}

}  // namespace

std::vector<web::Route> host_members_routes() {
    return {
        web::get<HostMembersPage>(members_path, Access::host, show_members),
        web::get<HostMemberPage>("/host/members/{id}", Access::host, show_member),
        fresh<RoleForm>("/host/members/{id}/role", act_role),
        fresh<StateForm>("/host/members/{id}/state", act_state),
        fresh<EssaysForm>("/host/members/{id}/essays", act_essays),
    };
}

}  // namespace kith::members
