#include "welcome/travelled_store.hpp"

#include "base/limits.hpp"

namespace kith::welcome {

using database::bind;
using database::joined;
using database::maybe;
using database::rows;
using database::Sql;

// Who may read words that travel: their author, and whom they were handed to; nobody who is apart
// from their author. discussion_store says the same of what is answered there.
constexpr char columns[] = R"(
    select w.discussion, d.public_id, w.kind, x.id, x.public_id, m.id, m.public_id, m.name, m.role,
           case when m.avatar is null then 0 else 1 end,
           case when m.listed = 1 or m.author = 1 or m.role <> 'member' or m.id = :viewer
                then 1 else 0 end,
           w.begun_at
    from discussion_waits w join discussions d on d.id = w.discussion
    join discussions x on x.id = w.answers
    join talk_group_members g on g.talk_group = x.talk_group and g.member = :viewer
    join members m on m.id = x.author
    where m.state = 'active' and x.audience = 'group'
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = x.author))";

constexpr auto by_id_text = joined(columns, " and x.public_id = :answers");
constexpr Sql by_id = by_id_text.text;

std::optional<TravelledWordsRow> find_travelled(database::Read& read, Viewer const& viewer,
                                                PublicId const& answers) {
    return maybe<TravelledWordsRow>(read, by_id, bind("answers", answers),
                                    bind("viewer", viewer.member));
}

constexpr auto waiting_text = joined(columns, R"(
      and x.author <> :viewer and d.open_for_comments = 1
      and not exists (select 1 from mutes u where u.member = :viewer and u.other = x.author)
      and not exists (
          select 1 from wait_answers a
          where a.discussion = w.discussion
            and not exists (select 1 from separations s
                            where s.viewer = :viewer and s.other in (a.member, a.beneath)))
    order by w.begun_at, w.discussion limit :at_most)");
constexpr Sql waiting = waiting_text.text;

std::vector<TravelledWordsRow> travelled_to(database::Read& read, Viewer const& viewer) {
    return rows<TravelledWordsRow>(read, waiting, bind("viewer", viewer.member),
                                   bind("at_most", limits::unanswered_listed_max));
}

constexpr Sql all = R"(
    select x.public_id from discussion_waits w join discussions x on x.id = w.answers
    order by x.id)";

std::vector<std::string> all_answers_ids(database::Read& read) {
    return rows<std::string>(read, all);
}

}  // namespace kith::welcome
