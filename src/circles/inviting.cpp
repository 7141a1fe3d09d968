// What keepers do to invite: by name, or by a link that works once.
#include "base/limits.hpp"
#include "circles/circle_handlers.hpp"
#include "circles/tell.hpp"
#include "members/way_in.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

/// A member's page is a good way to say whom: names need not be unique.
std::optional<PublicId> page_in(std::string_view typed) {
    auto const slash = typed.rfind('/');
    return PublicId::parse(slash == std::string_view::npos ? typed : typed.substr(slash + 1));
}

void require_few(Call const& call, database::Read& read, CircleRow const& circle) {
    if (invitations_in(read, call.viewer(), circle.id, call.now()).size() >=
        limits::circle_invitations_open_max)
        throw Refusal::conflict("circles.invitations_enough");
}

/// Whom the invitation reaches; nobody where it can't, and the keeper isn't told which.
std::optional<Id<Member>> reached(Call const& call, database::Read& read, CircleRow const& circle,
                                  std::string_view to) {
    auto const found = members_meant(read, call.viewer(), to, page_in(to));
    if (found.size() > 1) throw Refusal::mistakes({{"to", "circles.two_names"}});
    if (found.empty()) return std::nullopt;
    auto const since = call.now() - limits::circle_ask_again_time;
    if (ignored_since(read, call.viewer(), circle.id, found.front(), since)) return std::nullopt;
    return found.front();
}

}  // namespace

Answer show_invitations(Call& call) {
    auto const circle = kept_open_circle(call, call.read());
    InvitationsPage view;
    view.circle_name = circle.name;
    view.circle_url = circle_url(circle.public_id);
    view.post_url = view.circle_url + "/invitations";
    view.link_url = view.post_url + "/link";
    view.to = call.field(invite_pattern, "to");
    for (auto& row : invitations_in(call.read(), call.viewer(), circle.id, call.now()))
        view.items.push_back({row.public_id, std::move(row.to_name), row.by_link, row.expires_at,
                              view.post_url + "/" + row.public_id.text() + "/withdraw"});
    return web::respond(call, view,
                        {.title = call.say("circles.invitations"), .place = web::Place::circles});
}

Outcome act_invite(Call& call) {
    auto const form = web::read_form<InviteForm>(call.form);
    auto const to = web::trimmed(form.to);
    web::Mistakes mistakes;
    mistakes.required("to", to).max("to", to, limits::email_bytes_max);
    mistakes.throw_if_any();
    return Outcome::deed([&call, to](database::Write& write) {
        auto const circle = kept_open_circle(call, write);
        require_few(call, write, circle);
        InvitationToAdd invitation;
        invitation.public_id = PublicId::make(call.site.random);
        invitation.circle = circle.id;
        invitation.made_by = call.viewer().member;
        invitation.member = reached(call, write, circle, to);
        invitation.to_name = to;
        invitation.at = call.now();
        invitation.expires_at = call.now() + limits::circle_invitation_age_max;
        insert_invitation(write, invitation);
        if (invitation.member)
            tell_invited(call.site, write, circle,
                         {invitation.public_id, *invitation.member, invitation.made_by});
        return web::done(call, circle_url(circle.public_id) + "/invitations",
                         "circles.said_invited");
    });
}

/// The link stands on the deed's own answer: an address would keep it in the browser's history.
Outcome act_make_link(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const circle = kept_open_circle(call, write);
        require_few(call, write, circle);
        auto const token = make_token(call.site.random);
        InvitationToAdd invitation;
        invitation.public_id = PublicId::make(call.site.random);
        invitation.circle = circle.id;
        invitation.made_by = call.viewer().member;
        invitation.token_hash = call.site.seal.hash("circle invitation", token);
        invitation.at = call.now();
        invitation.expires_at = call.now() + limits::invitation_age_max;
        insert_invitation(write, invitation);
        InvitationLinkPage const view{
            circle.name, circle_url(circle.public_id) + "/invitations",
            call.site.settings.public_url + "/circles/invitations/" + token, invitation.expires_at};
        members::LentWrite const lent(call, write);
        return web::respond(
            call, view,
            {.title = call.say("circles.invitation_link"), .place = web::Place::circles});
    });
}

Outcome act_withdraw_invitation(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const circle = kept_circle(call, write);
        auto const id = call.id("invitation");
        if (!withdraw_invitation(write, call.viewer().member, id)) throw Refusal::not_found();
        untell_invited(call.site, write, id);
        return web::done(call, circle_url(circle.public_id) + "/invitations",
                         "circles.said_invitation_withdrawn");
    });
}

}  // namespace kith::circles
