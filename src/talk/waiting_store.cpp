#include "talk/waiting_store.hpp"

#include <stdexcept>

#include "base/limits.hpp"

namespace kith::talk {

using database::bind;
using database::execute;
using database::maybe;
using database::rows;
using database::Sql;

constexpr Sql own_wait = R"(
    select w.discussion, w.patience, w.reach, w.travelled_at, x.public_id,
           case when d.talk_group is null then 0 else 1 end,
           case when exists (select 1 from wait_answers a where a.discussion = w.discussion)
                then 1 else 0 end
    from discussion_waits w join discussions d on d.id = w.discussion
    left join discussions x on x.id = w.answers
    where w.discussion = :discussion and d.author = :viewer)";

std::optional<WaitRow> find_wait(database::Read& read, Viewer const& viewer,
                                 Id<Discussion> discussion) {
    return maybe<WaitRow>(read, own_wait, bind("discussion", discussion),
                          bind("viewer", viewer.member));
}

// An answer counts where the author can see it: what people who are apart from them say doesn't
// tell them anything, nor does it end their silence.
constexpr Sql due = R"(
    select w.discussion, d.public_id, w.kind, d.subject_path, d.author, w.reach, d.talk_group,
           x.public_id, x.talk_group
    from discussion_waits w join discussions d on d.id = w.discussion
    join members m on m.id = d.author and m.state = 'active'
    left join discussions x on x.id = w.answers
    where :viewer = -1 and w.patience <> 'stay' and w.reach <> 'guides'
      and d.open_for_comments = 1
      and coalesce(w.travelled_at, w.chosen_at) <=
          case w.patience when 'day' then cast(:day_ago as bigint)
                          when 'three_days' then cast(:three_days_ago as bigint)
                          else cast(:week_ago as bigint) end
      and not exists (select 1 from wait_answers a where a.discussion = w.discussion)
    order by w.begun_at, w.discussion limit :at_most)";

std::vector<DueWait> due_waits(database::Read& read, Viewer const& viewer, Time now) {
    using std::chrono::days;
    return rows<DueWait>(read, due, bind("viewer", viewer.member), bind("day_ago", now - days(1)),
                         bind("three_days_ago", now - days(3)), bind("week_ago", now - days(7)),
                         bind("at_most", limits::waits_travelling_at_once));
}

constexpr Sql at_home = R"(
    select w.discussion from discussion_waits w
    where :viewer = -1 and w.answers is not null and w.reach <> 'here'
      and exists (select 1 from author_answers a where a.discussion = w.discussion)
      and not exists (select 1 from author_answers a where a.discussion = w.answers)
    order by w.discussion limit :at_most)";

std::vector<Id<Discussion>> answered_at_home(database::Read& read, Viewer const& viewer) {
    return rows<Id<Discussion>>(read, at_home, bind("viewer", viewer.member),
                                bind("at_most", limits::waits_travelling_at_once));
}

constexpr Sql set_reach_sql = R"(
    update discussion_waits set reach = :reach, travelled_at = :at where discussion = :discussion)";
constexpr Sql set_answers_sql =
    "update discussion_waits set answers = :answers where discussion = :discussion";

void set_reach(database::Write& write, Id<Discussion> discussion, Reach reach, Time at) {
    execute(write, set_reach_sql, bind("reach", reach), bind("at", at),
            bind("discussion", discussion));
}

void set_answers(database::Write& write, Id<Discussion> discussion, Id<Discussion> answers) {
    execute(write, set_answers_sql, bind("answers", answers), bind("discussion", discussion));
}

constexpr Sql would_read = R"(
    select m.id, m.name from members m left join greeters g on g.member = m.id
    where m.state = 'active' and m.id <> :author
      and ((:reach = 'greeters' and g.member is not null)
           or (:reach = 'guides' and m.role = 'guide'))
      and not exists (select 1 from separations s
                      where s.viewer = :author and s.other = m.id)
    order by g.named_at, m.id limit :at_most)";

std::vector<ReachedMember> who_would_read(database::Read& read, Viewer const& author, Reach reach) {
    return rows<ReachedMember>(read, would_read, bind("author", author.member),
                               bind("reach", reach), bind("at_most", limits::greeters_max));
}

constexpr Sql reads_there = R"(
    select m.id, m.name from discussions x join talk_group_members g on g.talk_group = x.talk_group
    join members m on m.id = g.member
    where x.public_id = :answers and x.author = :author and m.id <> :author
      and m.state = 'active'
      and not exists (select 1 from separations s
                      where s.viewer = :author and s.other = m.id)
    order by m.id limit :at_most)";

std::vector<ReachedMember> who_reads(database::Read& read, Viewer const& author,
                                     PublicId const& answers) {
    return rows<ReachedMember>(read, reads_there, bind("answers", answers),
                               bind("author", author.member),
                               bind("at_most", 2 * limits::greeters_max));
}

constexpr Sql times = R"(
    select w.begun_at,
           (select min(a.replied_at) from wait_answers a
            where a.discussion = w.discussion
              and (a.in_small = 1
                   or not exists (select 1 from separations s
                                  where s.viewer = :viewer and s.other in (a.member, a.beneath))))
    from discussion_waits w join discussions d on d.id = w.discussion
    where w.begun_at >= :since
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = d.author)
    order by w.begun_at desc, w.discussion desc limit :at_most)";

std::vector<ReplyTime> reply_times(database::Read& read, Viewer const& viewer, Time since) {
    return rows<ReplyTime>(read, times, bind("viewer", viewer.member), bind("since", since),
                           bind("at_most", limits::replies_measured_max));
}

constexpr Sql exported = R"(
    select d.subject_path, w.patience, w.reach, w.chosen_at
    from discussion_waits w join discussions d on d.id = w.discussion
    where d.author = :member and (d.author = :viewer or :viewer = -1)
    order by w.begun_at, w.discussion)";

std::vector<OwnWaitRow> waits_of(database::Read& read, Viewer const& viewer, Id<Member> member) {
    return rows<OwnWaitRow>(read, exported, bind("member", member), bind("viewer", viewer.member));
}

constexpr Sql close_answers_of = R"(
    update discussions set audience = 'nobody', open_for_comments = 0
    where author = :member and id in (select w.answers from discussion_waits w
                                      where w.answers is not null))";
constexpr Sql empty_answers_of = R"(
    delete from talk_group_members where talk_group in (
        select x.talk_group from discussion_waits w join discussions x on x.id = w.answers
        where x.author = :member))";
constexpr Sql forget_of = R"(
    delete from discussion_waits where discussion in (
        select d.id from discussions d where d.author = :member))";

void forget_waits_of(database::Write& write, Id<Member> member) {
    for (auto const& sql : {close_answers_of, empty_answers_of, forget_of})
        execute(write, sql, bind("member", member));
}

constexpr Sql answer_groups = R"(
    select x.talk_group from discussion_waits w
    join discussions d on d.id = w.discussion join discussions x on x.id = w.answers
    where d.talk_group = :talk_group order by x.id)";
constexpr Sql forget_in = R"(
    delete from discussion_waits where discussion in (
        select d.id from discussions d where d.talk_group = :talk_group))";

std::vector<Id<Group>> forget_waits_in(database::Write& write, Id<Group> group) {
    auto groups = rows<Id<Group>>(write, answer_groups, bind("talk_group", group));
    execute(write, forget_in, bind("talk_group", group));
    return groups;
}

constexpr Sql travelled_sql = R"(
    select x.public_id, x.id, x.talk_group, x.author
    from discussion_waits w join discussions x on x.id = w.answers
    where w.discussion = :discussion and (x.author = :viewer or :viewer = -1))";

std::optional<TravelledRow> travelled(database::Read& read, Viewer const& viewer,
                                      Id<Discussion> discussion) {
    return maybe<TravelledRow>(read, travelled_sql, bind("discussion", discussion),
                               bind("viewer", viewer.member));
}

constexpr Sql reached = R"(
    select member from talk_group_members
    where talk_group = :talk_group and member <> :author and :viewer = -1 order by member)";

std::vector<Id<Member>> reached_members(database::Read& read, Viewer const& viewer,
                                        TravelledRow const& row) {
    return rows<Id<Member>>(read, reached, bind("talk_group", row.group),
                            bind("author", row.author), bind("viewer", viewer.member));
}

constexpr Sql insert = R"(
    insert into discussion_waits (discussion, kind, patience, reach, begun_at, chosen_at)
    values (:discussion, :kind, :patience, 'here', :at, :at))";
constexpr Sql set_patience_sql = R"(
    update discussion_waits
    set patience = :patience, chosen_at = :at, reach = 'here', travelled_at = null
    where discussion = :discussion)";
constexpr Sql delete_sql = "delete from discussion_waits where discussion = :discussion";

void insert_wait(database::Write& write, Id<Discussion> discussion, std::string_view kind,
                 Patience patience, Time at) {
    execute(write, insert, bind("discussion", discussion), bind("kind", kind),
            bind("patience", patience), bind("at", at));
}

void set_patience(database::Write& write, Id<Discussion> discussion, Patience patience, Time at) {
    execute(write, set_patience_sql, bind("patience", patience), bind("at", at),
            bind("discussion", discussion));
}

void delete_wait(database::Write& write, Id<Discussion> discussion) {
    execute(write, delete_sql, bind("discussion", discussion));
}

}  // namespace kith::talk
