#include "talk/kind_replies_store.hpp"

#include "base/id_list.hpp"
#include "base/limits.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::rows;
using database::Sql;

constexpr Sql give_sql =
    "insert into kind_replies (comment, member, kind, given_at) "
    "values (:comment, :member, :kind, :now) on conflict (comment, member) "
    "do update set kind = excluded.kind, given_at = excluded.given_at";

constexpr Sql take_back_sql =
    "delete from kind_replies where member = :member "
    "and comment = (select c.id from comments c where c.public_id = :comment)";

// Only to the author of the comment, and of people whom they may see.
// SQLite joins in this order, since it would make a table for `in (select …)`.
constexpr Sql to_sql{{.sqlite = R"sql(
    select k.comment, k.kind, m.name
    from json_each(:comments) x cross join kind_replies k on k.comment = x.value
    cross join comments c on c.id = k.comment cross join members m on m.id = k.member
    cross join discussions d on d.id = c.discussion
    where c.author = :viewer
      and m.state <> 'erasing'
      and (d.small_circle = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = k.member))
    order by k.comment, k.given_at, k.member limit :limit
)sql",
                      .postgres = R"sql(
    select k.comment, k.kind, m.name
    from kind_replies k join comments c on c.id = k.comment join members m on m.id = k.member
    join discussions d on d.id = c.discussion
    where k.comment in (select cast(x.value as bigint)
                        from json_array_elements_text(cast(:comments as json)) x)
      and c.author = :viewer and m.state <> 'erasing'
      and (d.small_circle = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = k.member))
    order by k.comment, k.given_at, k.member limit :limit
)sql"}};

constexpr Sql by_sql =
    "select d.subject_path, k.kind, k.given_at from kind_replies k "
    "join comments c on c.id = k.comment join discussions d on d.id = c.discussion "
    "where k.member = :member order by k.given_at, k.comment";

constexpr Sql drop_to_sql = "delete from kind_replies where comment = :comment";
constexpr Sql drop_of_sql =
    "delete from kind_replies where member = :member "
    "or comment in (select c.id from comments c where c.author = :member)";

}  // namespace

void give_kind_reply(database::Write& write, Id<Comment> comment, Id<Member> member, KindReply kind,
                     Time now) {
    execute(write, give_sql, bind("comment", comment), bind("member", member), bind("kind", kind),
            bind("now", now));
}

void take_back_kind_reply(database::Write& write, PublicId const& comment, Id<Member> member) {
    execute(write, take_back_sql, bind("comment", comment), bind("member", member));
}

std::vector<KindReplyRow> kind_replies_to(database::Read& read, Viewer const& viewer,
                                          std::vector<Id<Comment>> const& comments) {
    return rows<KindReplyRow>(read, to_sql, bind("comments", id_list(comments)),
                              bind("viewer", viewer.member),
                              bind("limit", limits::kind_replies_shown_max));
}

std::vector<GivenKindReplyRow> kind_replies_by(database::Read& read, Viewer const& viewer,
                                               Id<Member> member) {
    if (!viewer.is_server() && !viewer.is(member)) return {};
    return rows<GivenKindReplyRow>(read, by_sql, bind("member", member));
}

void drop_kind_replies_to(database::Write& write, Id<Comment> comment) {
    execute(write, drop_to_sql, bind("comment", comment));
}

void drop_kind_replies_of(database::Write& write, Id<Member> member) {
    execute(write, drop_of_sql, bind("member", member));
}

}  // namespace kith::talk
