#include "circles/erasure_store.hpp"

#include "base/limits.hpp"
#include "circles/membership_store.hpp"
#include "circles/search_store.hpp"

namespace kith::circles {

using database::bind;
using database::execute;
using database::Sql;

constexpr Sql due = R"(
    select c.id, c.talk_group from circles c
    where :viewer = -1
      and ((c.erase_at is not null and c.erase_at <= :now)
           or not exists (select 1 from circle_members n where n.circle = c.id))
    order by c.id limit :at_most)";

std::vector<DueCircle> circles_to_erase(database::Read& read, Viewer const& viewer, Time now) {
    return database::rows<DueCircle>(read, due, bind("viewer", viewer.member), bind("now", now),
                                     bind("at_most", limits::circles_erased_at_once));
}

constexpr Sql positions = R"(
    delete from conversation_positions where conversation in (
        select v.id from conversations v where v.circle = :circle))";
constexpr Sql conversations = "delete from conversations where circle = :circle";
constexpr Sql tags = "delete from circle_tags where circle = :circle";
constexpr Sql agreements = "delete from circle_agreements where circle = :circle";
constexpr Sql memberships = "delete from circle_members where circle = :circle";
constexpr Sql requests = "delete from circle_requests where circle = :circle";
constexpr Sql invitations = "delete from circle_invitations where circle = :circle";
constexpr Sql removals = "delete from circle_removals where circle = :circle";
constexpr Sql the_circle = "delete from circles where id = :circle";

void erase_circle(database::Write& write, DueCircle const& circle) {
    unindex_circle(write, circle.id);
    for (auto const& sql : {positions, conversations, tags, agreements, memberships, requests,
                            invitations, removals, the_circle})
        execute(write, sql, bind("circle", circle.id));
}

constexpr Sql keeperless = R"(
    select c.id, c.public_id, c.name, c.talk_group from circles c
    where :viewer = -1 and c.closed_at is null
      and exists (select 1 from circle_members n where n.circle = c.id)
      and not exists (select 1 from circle_members n join members m on m.id = n.member
                      where n.circle = c.id and n.keeper = 1
                        and (c.kind <> 'therapy' or m.role <> 'member'))
    order by c.id limit :at_most)";

std::vector<NamedCircle> circles_without_keeper(database::Read& read, Viewer const& viewer) {
    return database::rows<NamedCircle>(read, keeperless, bind("viewer", viewer.member),
                                       bind("at_most", limits::circles_erased_at_once));
}

constexpr Sql kept_alone = R"(
    select n.circle from circle_members n
    where n.member = :member and n.keeper = 1
      and not exists (select 1 from circle_members o
                      where o.circle = n.circle and o.keeper = 1 and o.member <> :member)
    order by n.circle)";
constexpr Sql own_membership = "delete from circle_members where member = :member";
constexpr Sql own_requests = "delete from circle_requests where member = :member";
// What a keeper typed may be their name.
constexpr Sql own_invitations = R"(
    delete from circle_invitations where member = :member or made_by = :member)";
constexpr Sql own_removals = "delete from circle_removals where member = :member";
constexpr Sql own_positions = "delete from conversation_positions where member = :member";
constexpr Sql own_tags = "delete from member_tags where member = :member";
constexpr Sql own_sharing = "delete from member_sharing where member = :member";
constexpr Sql own_conversations = R"(
    update conversations set title = '', content_note = '', markdown = '', html = '',
           idempotency_key = null, withdrawn = 1
    where author = :member)";
constexpr Sql made_by = "update circles set made_by = null where made_by = :member";

void erase_member(database::Write& write, Id<Member> member) {
    auto const alone = database::rows<Id<Circle>>(write, kept_alone, bind("member", member));
    for (auto const& sql : {own_membership, own_requests, own_invitations, own_removals,
                            own_positions, own_tags, own_sharing, own_conversations, made_by})
        execute(write, sql, bind("member", member));
    index_conversations_of(write, member);
    // A circle for which nobody is left to keep it is closed by the job.
    for (auto const circle : alone) static_cast<void>(give_to_longest_standing(write, circle));
}

constexpr Sql begun = R"(
    select discussion from conversations where author = :member and :viewer = -1 order by id)";

std::vector<Id<talk::Discussion>> discussions_begun(database::Read& read, Viewer const& viewer,
                                                    Id<Member> member) {
    return database::rows<Id<talk::Discussion>>(read, begun, bind("member", member),
                                                bind("viewer", viewer.member));
}

constexpr Sql exported_memberships = R"(
    select c.name, n.keeper, n.joined_at from circle_members n join circles c on c.id = n.circle
    where n.member = :member and :viewer = -1 order by n.id)";

std::vector<OwnMembershipRow> memberships_of(database::Read& read, Viewer const& viewer,
                                             Id<Member> member) {
    return database::rows<OwnMembershipRow>(read, exported_memberships, bind("member", member),
                                            bind("viewer", viewer.member));
}

constexpr Sql exported_conversations = R"(
    select c.name, v.begun_at, v.title, v.content_note, v.asks_for, v.markdown
    from conversations v join circles c on c.id = v.circle
    where v.author = :member and v.withdrawn = 0 and :viewer = -1 order by v.id)";

std::vector<OwnConversationRow> conversations_of(database::Read& read, Viewer const& viewer,
                                                 Id<Member> member) {
    return database::rows<OwnConversationRow>(read, exported_conversations, bind("member", member),
                                              bind("viewer", viewer.member));
}

// The same of a wish that waits and of one that was answered "not now".
constexpr Sql exported_requests = R"(
    select c.name, r.asked_at, r.words from circle_requests r join circles c on c.id = r.circle
    where r.member = :member and :viewer = -1 order by r.id)";

std::vector<OwnRequestRow> requests_of(database::Read& read, Viewer const& viewer,
                                       Id<Member> member) {
    return database::rows<OwnRequestRow>(read, exported_requests, bind("member", member),
                                         bind("viewer", viewer.member));
}

}  // namespace kith::circles
