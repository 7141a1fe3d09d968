#include "talk/mentions_store.hpp"

#include <boost/json.hpp>
#include <stdexcept>

#include "base/id_list.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::joined;
using database::rows;
using database::Sql;

// The look-up by lower(name) is the index's; the name itself is compared as it is.
constexpr char named_sqlite[] = R"sql(
    select m.id, m.name
    from comments c join discussions d on d.id = c.discussion join members m
        on lower(m.name) in (select lower(x.value) from json_each(:names) x)
       and m.name in (select x.value from json_each(:names) x)
)sql";
constexpr char named_postgres[] = R"sql(
    select m.id, m.name
    from comments c join discussions d on d.id = c.discussion join members m
        on lower(m.name) = any(array(select lower(x.value)
                                     from json_array_elements_text(cast(:names as json)) x))
       and m.name in (select x.value from json_array_elements_text(cast(:names as json)) x)
)sql";
constexpr char who_may_hear[] = R"sql(
    where c.id = :comment and m.state = 'active' and m.id <> c.author
      and (d.audience in ('anyone', 'members')
           or (d.audience = 'author' and d.author = m.id)
           or (d.audience = 'group'
               and exists (select 1 from talk_group_members g
                           where g.talk_group = d.talk_group and g.member = m.id
                             and (g.reads_from <= d.begun_at or d.open_to_later = 1))))
      and (d.small_circle = 1
           or (not exists (select 1 from separations s
                           where s.viewer = m.id
                             and s.other in (c.author, c.thread_author, d.author))
               and not exists (select 1 from quote_separations x
                               where x.viewer = m.id and x.comment in (c.id, c.parent))))
    order by m.id
)sql";
constexpr auto named_sqlite_text = joined(named_sqlite, who_may_hear);
constexpr auto named_postgres_text = joined(named_postgres, who_may_hear);
constexpr Sql named_sql{{.sqlite = named_sqlite_text.text, .postgres = named_postgres_text.text}};

constexpr Sql add_sql =
    "insert into comment_mentions (comment, member, told_at) values (:comment, :member, :now) "
    "on conflict do nothing";
constexpr Sql drop_others_sql{
    {.sqlite = "delete from comment_mentions where comment = :comment "
               "and member not in (select value from json_each(:members))",
     .postgres = "delete from comment_mentions where comment = :comment "
                 "and member not in (select cast(x.value as bigint) "
                 "from json_array_elements_text(cast(:members as json)) x)"}};

constexpr Sql drop_in_sql = "delete from comment_mentions where comment = :comment";
constexpr Sql drop_of_sql =
    "delete from comment_mentions where member = :member "
    "or comment in (select c.id from comments c where c.author = :member)";

}  // namespace

std::vector<NamedRow> readers_named(database::Read& read, Viewer const& viewer, Id<Comment> comment,
                                    std::vector<std::string> const& names) {
    if (!viewer.is_server()) throw std::logic_error("only the server knows who is meant");
    boost::json::array list;
    for (auto const& name : names) list.emplace_back(name);
    return rows<NamedRow>(read, named_sql, bind("comment", comment),
                          bind("names", boost::json::serialize(list)));
}

std::vector<Id<Member>> set_mentions(database::Write& write, Id<Comment> comment,
                                     std::vector<Id<Member>> const& members, Time now) {
    execute(write, drop_others_sql, bind("comment", comment), bind("members", id_list(members)));
    std::vector<Id<Member>> added;
    for (auto const& member : members) {
        auto const changed = execute(write, add_sql, bind("comment", comment),
                                     bind("member", member), bind("now", now));
        if (changed > 0) added.push_back(member);
    }
    return added;
}

void drop_mentions_in(database::Write& write, Id<Comment> comment) {
    execute(write, drop_in_sql, bind("comment", comment));
}

void drop_mentions_of(database::Write& write, Id<Member> member) {
    execute(write, drop_of_sql, bind("member", member));
}

}  // namespace kith::talk
