#include "talk/review_store.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::rows;
using database::Sql;

constexpr Sql held_sql = R"sql(
    select c.id, c.public_id, c.discussion, c.parent, c.author, c.thread_author, c.guest_name,
           c.html, c.content_note, c.state, c.created_at, c.edited_at,
           m.public_id, m.name, m.role, case when m.avatar is null then 0 else 1 end,
           case when m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
                then 1 else 0 end,
           cast(null as text), 'none', d.subject_path
    from comments c join discussions d on d.id = c.discussion
    left join members m on m.id = c.author
    where c.state = 'held' and c.id > :after
      and (c.author is null or c.author <> :viewer)
      and (m.id is null or m.state <> 'erasing')
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing')
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = c.author)
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = c.thread_author)
      and not exists (select 1 from quote_separations x
                      where x.viewer = :viewer and x.comment in (c.id, c.parent))
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = d.author)
    order by c.id limit :limit
)sql";

constexpr Sql one_held_sql = R"sql(
    select c.id, c.public_id, c.discussion, c.parent, c.author, c.thread_author, c.guest_name,
           c.html, c.content_note, c.state, c.created_at, c.edited_at,
           m.public_id, m.name, m.role, case when m.avatar is null then 0 else 1 end,
           case when m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
                then 1 else 0 end,
           cast(null as text), 'none', d.subject_path
    from comments c join discussions d on d.id = c.discussion
    left join members m on m.id = c.author
    where c.public_id = :comment and c.state = 'held'
      and (c.author is null or c.author <> :viewer)
      and (m.id is null or m.state <> 'erasing')
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing')
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = c.author)
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = c.thread_author)
      and not exists (select 1 from quote_separations x
                      where x.viewer = :viewer and x.comment in (c.id, c.parent))
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = d.author)
)sql";

constexpr Sql count_sql = R"sql(
    select count(*) from (
        select c.id from comments c join discussions d on d.id = c.discussion
        where c.state = 'held' and (c.author is null or c.author <> :viewer)
          and not exists (select 1 from members e
                          where e.id in (c.author, d.author) and e.state = 'erasing')
          and not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = c.author)
          and not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = c.thread_author)
          and not exists (select 1 from quote_separations x
                          where x.viewer = :viewer and x.comment in (c.id, c.parent))
          and not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = d.author)
        limit :most) x
)sql";

constexpr Sql decide_sql =
    "insert into comment_decisions (comment, steward, decision, reason, decided_at) "
    "values (:comment, :steward, :decision, :reason, :now)";

}  // namespace

std::vector<HeldRow> held_comments(database::Read& read, Viewer const& steward, Id<Comment> after,
                                   std::size_t limit) {
    return rows<HeldRow>(read, held_sql, bind("viewer", steward.member), bind("after", after),
                         bind("limit", limit));
}

std::optional<HeldRow> held_comment(database::Read& read, Viewer const& steward,
                                    PublicId const& comment) {
    return maybe<HeldRow>(read, one_held_sql, bind("viewer", steward.member),
                          bind("comment", comment));
}

std::int64_t held_count(database::Read& read, Viewer const& steward, std::size_t most) {
    return database::number(read, count_sql, bind("viewer", steward.member), bind("most", most));
}

void add_decision(database::Write& write, Id<Comment> comment, Viewer const& steward,
                  Decision decision, std::string_view reason, Time now) {
    execute(write, decide_sql, bind("comment", comment), bind("steward", steward.member),
            bind("decision", decision), bind("reason", reason), bind("now", now));
}

}  // namespace kith::talk
