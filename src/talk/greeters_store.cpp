#include "base/limits.hpp"
#include "talk/greeters.hpp"

namespace kith::talk {

using database::bind;
using database::execute;
using database::maybe;
using database::rows;
using database::Sql;

constexpr Sql listed = R"(
    select m.id, m.public_id, m.name, g.greeting
    from greeters g join members m on m.id = g.member
    where m.state = 'active'
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = g.member)
    order by g.named_at, g.member limit :at_most)";

std::vector<GreeterRow> greeters(database::Read& read, Viewer const& viewer) {
    return rows<GreeterRow>(read, listed, bind("viewer", viewer.member),
                            bind("at_most", limits::greeters_max));
}

constexpr Sql own = R"(
    select m.id, m.public_id, m.name, g.greeting
    from greeters g join members m on m.id = g.member where g.member = :viewer)";

std::optional<GreeterRow> own_greeting(database::Read& read, Viewer const& viewer) {
    return maybe<GreeterRow>(read, own, bind("viewer", viewer.member));
}

constexpr Sql called = R"(
    select m.id from members m
    where m.state = 'active' and (lower(m.name) = lower(:name) or m.public_id = :name)
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = m.id)
    order by m.id limit 2)";

std::vector<Id<Member>> members_called(database::Read& read, Viewer const& viewer,
                                       std::string_view name) {
    return rows<Id<Member>>(read, called, bind("name", name), bind("viewer", viewer.member));
}

constexpr Sql insert = R"(
    insert into greeters (member, greeting, named_at) values (:member, '', :at)
    on conflict do nothing)";
constexpr Sql set = "update greeters set greeting = :greeting where member = :member";
constexpr Sql remove = "delete from greeters where member = :member";
// Words that have come to guides as well stay with a guide.
constexpr Sql read_no_more = R"(
    delete from talk_group_members where member = :member and talk_group in (
        select x.talk_group from discussion_waits w join discussions x on x.id = w.answers
        where x.author <> :member
          and (w.reach <> 'guides' or (select m.role from members m where m.id = :member)
                                      <> 'guide')))";

bool name_greeter(database::Write& write, Id<Member> member, Time at) {
    return execute(write, insert, bind("member", member), bind("at", at)) == 1;
}

void set_greeting(database::Write& write, Id<Member> member, std::string_view greeting) {
    execute(write, set, bind("greeting", greeting), bind("member", member));
}

void unname_greeter(database::Write& write, Id<Member> member) {
    for (auto const& sql : {remove, read_no_more}) execute(write, sql, bind("member", member));
}

}  // namespace kith::talk
