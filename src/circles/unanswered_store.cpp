#include "circles/unanswered_store.hpp"

#include "base/limits.hpp"

namespace kith::circles {

using database::bind;
using database::Sql;

// Who may read a conversation is said here as conversations_store says it. Whose words are folded
// for a keeper, they aren't asked to answer.
constexpr Sql in_kept = R"(
    select v.public_id, v.title, b.name, c.name, v.begun_at
    from circle_members y join circles c on c.id = y.circle
    join conversations v on v.circle = c.id
    join discussion_waits w on w.discussion = v.discussion
    join discussions d on d.id = v.discussion
    join talk_group_members g on g.talk_group = c.talk_group and g.member = :viewer
    join members b on b.id = v.author
    where y.member = :viewer and y.keeper = 1 and (c.kind <> 'therapy' or :guides = 1)
      and c.closed_at is null and v.withdrawn = 0 and v.closed = 0 and v.author <> :viewer
      and b.state = 'active'
      and (g.reads_from <= d.begun_at or d.open_to_later = 1)
      and (d.small_circle = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = v.author))
      and not exists (select 1 from mutes u where u.member = :viewer and u.other = v.author)
      and not exists (select 1 from distances x where x.member = :viewer and x.other = v.author)
      and not exists (
          select 1 from wait_answers a
          where a.discussion = w.discussion
            and (a.in_small = 1
                 or not exists (select 1 from separations s
                                where s.viewer = :viewer and s.other in (a.member, a.beneath))))
    order by v.begun_at, v.id limit :at_most)";

std::vector<UnansweredRow> unanswered_in_kept(database::Read& read, Viewer const& viewer) {
    return database::rows<UnansweredRow>(read, in_kept, bind("viewer", viewer.member),
                                         bind("guides", viewer.at_least(Role::guide)),
                                         bind("at_most", limits::unanswered_listed_max));
}

constexpr Sql beginning = R"(
    select v.public_id, v.title, v.content_note, v.html
    from discussions d join conversations v on v.discussion = d.id
    join circles c on c.id = v.circle
    where d.public_id = :discussion and :viewer = -1 and v.withdrawn = 0 and c.closed_at is null
      and exists (select 1 from circle_members n
                  where n.circle = c.id and n.member = v.author))";

std::optional<BeginningRow> beginning_of(database::Read& read, Viewer const& viewer,
                                         PublicId const& discussion) {
    return database::maybe<BeginningRow>(read, beginning, bind("discussion", discussion),
                                         bind("viewer", viewer.member));
}

}  // namespace kith::circles
