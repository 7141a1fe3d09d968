#include "members/invitations.hpp"

#include "base/limits.hpp"
#include "members/community.hpp"
#include "members/invitations_store.hpp"
#include "members/way_in.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view invitations_path = "/invitations";
constexpr std::string_view withdraw_path = "/invitations/{id}/withdraw";

void require_may_invite(Call const& call) {
    if (!may_invite(call)) throw Refusal::not_found();
}

InvitationState state_of(InvitationRow const& row, Time now) {
    if (row.used_at) return InvitationState::used;
    bool const ended = row.withdrawn_at || row.expires_at <= now;
    return ended ? InvitationState::ended : InvitationState::open;
}

Answer show_invitations(Call& call) {
    require_may_invite(call);
    InvitationsPage view;
    for (auto& row : invitations_by(call.read(), call.viewer())) {
        InvitationItem item;
        item.id = row.public_id;
        item.state = state_of(row, call.now());
        item.note = std::move(row.note);
        item.made_at = row.made_at;
        item.expires_at = row.expires_at;
        item.withdraw_url = "/invitations/" + row.public_id.text() + "/withdraw";
        view.items.push_back(std::move(item));
    }
    view.note = call.field(invitations_path, "note");
    return respond(call, view,
                   {.title = call.say("members.invitations"), .place = web::Place::you});
}

/// The link stands on the deed's own answer: an address would keep it in the browser's history.
Outcome act_invite(Call& call) {
    require_may_invite(call);
    auto const form = web::read_form<InvitationForm>(call.form);
    web::Mistakes mistakes;
    mistakes.max("note", form.note, limits::invitation_note_characters_max);
    mistakes.throw_if_any();
    call.site.rates.require("invitation", call.actor(), limits::invitations_made_max,
                            limits::invitations_made_time);
    return Outcome::deed([&call, note = web::trimmed(form.note)](database::Write& write) {
        auto const open = open_invitations(write, call.viewer(), call.now());
        if (open >= static_cast<std::int64_t>(limits::invitations_open_max))
            throw Refusal::conflict("members.invitations_enough");
        auto const path = make_invitation(call.site, write, call.viewer().member, note);
        InvitationMadePage const view{call.site.settings.public_url + path, note,
                                      call.now() + limits::invitation_age_max};
        LentWrite const lent(call, write);
        return respond(call, view,
                       {.title = call.say("members.invitation_made"), .place = web::Place::you});
    });
}

Outcome act_withdraw(Call& call) {
    auto const id = call.id();
    return Outcome::deed([&call, id](database::Write& write) {
        if (!withdraw_invitation(write, call.viewer().member, id, call.now()))
            throw Refusal::not_found();
        return web::done(call, std::string(invitations_path), "members.said_withdrawn");
    });
}

}  // namespace

bool may_invite(Call const& call) {
    return call.viewer().at_least(Role::steward) || community(call.read()).members_may_invite;
}

std::vector<web::Route> invitation_routes() {
    return {
        web::get<InvitationsPage>(invitations_path, Access::member, show_invitations),
        web::post<InvitationForm>(invitations_path, Access::member, act_invite, show_invitations),
        before_agreement(web::post<web::NoFields>(withdraw_path, Access::member, act_withdraw)),
    };
}

}  // namespace kith::members
