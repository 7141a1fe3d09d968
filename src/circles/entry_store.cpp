#include "circles/entry_store.hpp"

#include "base/limits.hpp"

namespace kith::circles {

using database::bind;
using database::Sql;

// Asked for only of a circle that the viewer keeps. Who asks isn't in the circle yet: distance
// hides them from a keeper in small circles too, and another keeper may let them in.
constexpr Sql waiting = R"(
    select r.public_id, r.member, m.public_id, m.name, m.role,
           case when m.avatar is null then 0 else 1 end,
           case when m.listed = 1 or m.author = 1 or m.role <> 'member' then 1 else 0 end,
           r.words, r.agreed_version, r.asked_at
    from circle_requests r join members m on m.id = r.member
    where r.circle = :circle and r.state = 'waiting' and m.state = 'active'
      and (:request = '' or r.public_id = :request)
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = r.member)
    order by r.asked_at, r.id limit :at_most)";

std::vector<RequestRow> requests_in(database::Read& read, Viewer const& viewer, Id<Circle> circle) {
    return database::rows<RequestRow>(read, waiting, bind("circle", circle), bind("request", ""),
                                      bind("viewer", viewer.member),
                                      bind("at_most", limits::page_items));
}

std::optional<RequestRow> find_request(database::Read& read, Viewer const& viewer,
                                       Id<Circle> circle, PublicId const& request) {
    return database::maybe<RequestRow>(read, waiting, bind("circle", circle),
                                       bind("request", request.text()),
                                       bind("viewer", viewer.member), bind("at_most", 1));
}

constexpr Sql asked = R"(
    select c.public_id, c.name from circle_members y join circles c on c.id = y.circle
    where y.member = :viewer and y.keeper = 1 and c.closed_at is null
      and (c.kind <> 'therapy' or :guides = 1)
      and exists (select 1 from circle_requests r join members m on m.id = r.member
                  where r.circle = c.id and r.state = 'waiting' and m.state = 'active'
                    and not exists (select 1 from separations s
                                    where s.viewer = :viewer and s.other = r.member))
    order by lower(c.name), c.id limit :at_most)";

std::vector<WaitingRow> circles_asked(database::Read& read, Viewer const& viewer) {
    return database::rows<WaitingRow>(read, asked, bind("viewer", viewer.member),
                                      bind("guides", viewer.at_least(Role::guide)),
                                      bind("at_most", limits::circles_of_member_max));
}

constexpr Sql put = R"(
    insert into circle_requests (public_id, circle, member, words, state, agreed_version, asked_at)
    values (:public_id, :circle, :member, :words, 'waiting', :agreed_version, :at)
    on conflict (circle, member) do update set words = :words, state = 'waiting',
        agreed_version = :agreed_version, asked_at = :at)";

void put_request(database::Write& write, RequestToAdd const& request) {
    database::execute(write, put, bind("public_id", request.public_id),
                      bind("circle", request.circle), bind("member", request.member),
                      bind("words", request.words), bind("agreed_version", request.agreed_version),
                      bind("at", request.at));
}

constexpr Sql change_request = R"(
    update circle_requests set state = :state, words = case when :state = 'withdrawn' then ''
                                                            else words end
    where circle = :circle and member = :member)";

void set_request_state(database::Write& write, Id<Circle> circle, Id<Member> member,
                       RequestState state) {
    database::execute(write, change_request, bind("state", state), bind("circle", circle),
                      bind("member", member));
}

constexpr Sql drop = "delete from circle_requests where circle = :circle and member = :member";

void drop_request(database::Write& write, Id<Circle> circle, Id<Member> member) {
    database::execute(write, drop, bind("circle", circle), bind("member", member));
}

// An ignored invitation stands here as one that waits, to the byte; an accepted one shows as a
// member. Each keeper sees their own: another's may name someone whom they are apart from.
constexpr Sql open_ones = R"(
    select i.public_id, i.to_name, case when i.token_hash is null then 0 else 1 end, i.made_at,
           i.expires_at
    from circle_invitations i
    where i.circle = :circle and i.made_by = :viewer and i.state in ('open', 'ignored')
      and i.expires_at > :now
    order by i.made_at desc, i.id desc limit :at_most)";

std::vector<InvitationRow> invitations_in(database::Read& read, Viewer const& viewer,
                                          Id<Circle> circle, Time now) {
    return database::rows<InvitationRow>(read, open_ones, bind("circle", circle),
                                         bind("viewer", viewer.member), bind("now", now),
                                         bind("at_most", limits::circle_invitations_open_max));
}

constexpr Sql meant = R"(
    select m.id from members m
    where (m.public_id = :page or (:page = '' and lower(m.name) = lower(:name)))
      and m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
      and m.id <> :viewer
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id)
    order by m.id limit 2)";

std::vector<Id<Member>> members_meant(database::Read& read, Viewer const& viewer,
                                      std::string_view name, std::optional<PublicId> const& page) {
    return database::rows<Id<Member>>(read, meant, bind("page", page ? page->text() : ""),
                                      bind("name", name), bind("viewer", viewer.member));
}

constexpr Sql insert = R"(
    insert into circle_invitations (public_id, circle, made_by, member, to_name, token_hash, state,
                                    made_at, expires_at)
    values (:public_id, :circle, :made_by, :member, :to_name, :token_hash, 'open', :at,
            :expires_at))";

void insert_invitation(database::Write& write, InvitationToAdd const& invitation) {
    database::execute(write, insert, bind("public_id", invitation.public_id),
                      bind("circle", invitation.circle), bind("made_by", invitation.made_by),
                      bind("member", invitation.member), bind("to_name", invitation.to_name),
                      bind("token_hash", invitation.token_hash), bind("at", invitation.at),
                      bind("expires_at", invitation.expires_at));
}

// Who has ignored one isn't asked again soon, also if it is withdrawn: so that row stays.
constexpr Sql withdraw = R"(
    update circle_invitations
    set state = case when state = 'open' then 'withdrawn' else state end, made_by = null
    where public_id = :invitation and made_by = :maker and state in ('open', 'ignored'))";

bool withdraw_invitation(database::Write& write, Id<Member> maker, PublicId const& invitation) {
    return database::execute(write, withdraw, bind("invitation", invitation),
                             bind("maker", maker)) == 1;
}

constexpr Sql ignored = R"(
    select case when exists (select 1 from circle_invitations i
                             where i.circle = :circle and i.member = :member
                               and i.state = 'ignored' and i.made_at > :since)
                 and :viewer <> 0 then 1 else 0 end)";

bool ignored_since(database::Read& read, Viewer const& viewer, Id<Circle> circle, Id<Member> member,
                   Time since) {
    return database::scalar<bool>(read, ignored, bind("circle", circle), bind("member", member),
                                  bind("since", since), bind("viewer", viewer.member));
}

constexpr Sql end_all = R"(
    update circle_invitations set state = :state
    where circle = :circle and member = :member and state = 'open')";

void end_invitations(database::Write& write, Id<Circle> circle, Id<Member> member,
                     std::string_view state) {
    database::execute(write, end_all, bind("state", state), bind("circle", circle),
                      bind("member", member));
}

// Whoever was taken out needs an invitation by name: a link may have come from anybody.
constexpr Sql of_link = R"(
    select c.public_id from circle_invitations i join circles c on c.id = i.circle
    where i.token_hash = :token_hash and i.state = 'open' and i.expires_at > :now
      and c.closed_at is null
      and not exists (select 1 from circle_removals x
                      where x.circle = c.id and x.member = :viewer and x.lifted = 0)
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = i.made_by))";

std::optional<PublicId> circle_of_link(database::Read& read, Viewer const& viewer,
                                       std::string_view token_hash, Time now) {
    return database::maybe<PublicId>(read, of_link, bind("token_hash", token_hash),
                                     bind("viewer", viewer.member), bind("now", now));
}

constexpr Sql use = R"(
    update circle_invitations set state = 'used'
    where token_hash = :token_hash and state = 'open' and expires_at > :now)";

bool use_link(database::Write& write, std::string_view token_hash, Time now) {
    return database::execute(write, use, bind("token_hash", token_hash), bind("now", now)) == 1;
}

// An invitation by someone from whom the viewer is apart is no longer there.
constexpr Sql invited = R"(
    select c.public_id, c.name, c.purpose, k.name
    from circle_invitations i
    join circles c on c.id = i.circle
    left join members k on k.id = i.made_by
    where i.member = :viewer and i.state = 'open' and i.expires_at > :now and c.closed_at is null
      and i.id = (select max(l.id) from circle_invitations l
                  where l.circle = i.circle and l.member = :viewer and l.state = 'open'
                    and l.expires_at > :now
                    and not exists (select 1 from separations s
                                    where s.viewer = :viewer and s.other = l.made_by))
    order by i.made_at desc, i.id desc limit :at_most)";

std::vector<InvitedRow> invited_into(database::Read& read, Viewer const& viewer, Time now) {
    return database::rows<InvitedRow>(read, invited, bind("viewer", viewer.member),
                                      bind("now", now), bind("at_most", limits::page_items));
}

constexpr Sql forget_invitations = R"(
    delete from circle_invitations where state in ('used', 'withdrawn') or expires_at <= :now)";
constexpr Sql forget_requests = "delete from circle_requests where asked_at <= :long_ago";

void forget_old_entries(database::Write& write, Time now) {
    database::execute(write, forget_invitations, bind("now", now));
    database::execute(write, forget_requests,
                      bind("long_ago", now - limits::circle_request_age_max));
}

}  // namespace kith::circles
