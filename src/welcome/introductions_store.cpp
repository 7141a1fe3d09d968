#include "welcome/introductions_store.hpp"

#include "base/limits.hpp"

namespace kith::welcome {

using database::bind;
using database::execute;
using database::joined;
using database::maybe;
using database::rows;
using database::Sql;

// Any member may read it, but nobody who is apart from its author.
constexpr char columns[] = R"(
    select i.id, i.public_id, i.discussion, d.public_id, m.id, m.public_id, m.name, m.role,
           case when m.avatar is null then 0 else 1 end,
           case when m.listed = 1 or m.author = 1 or m.role <> 'member' or m.id = :viewer
                then 1 else 0 end,
           g.name, i.markdown, i.html, i.written_at
    from introductions i join members m on m.id = i.member
    join discussions d on d.id = i.discussion
    left join members g on g.id = i.greeter and g.state = 'active'
         and not exists (select 1 from separations s
                         where s.viewer = :viewer and s.other = g.id))";
constexpr char visible[] = R"(
      and :viewer > 0 and m.state = 'active'
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = m.id))";

constexpr auto by_id_text = joined(columns, " where i.public_id = :introduction ", visible);
constexpr Sql by_id = by_id_text.text;
constexpr auto own_text = joined(columns, " where i.member = :viewer");
constexpr Sql own = own_text.text;
constexpr auto of_discussion_text =
    joined(columns, " where d.public_id = :discussion and :viewer = -1 and m.state = 'active'");
constexpr Sql of_discussion = of_discussion_text.text;

std::optional<IntroductionRow> find_introduction(database::Read& read, Viewer const& viewer,
                                                 PublicId const& introduction) {
    return maybe<IntroductionRow>(read, by_id, bind("introduction", introduction),
                                  bind("viewer", viewer.member));
}

std::optional<IntroductionRow> own_introduction(database::Read& read, Viewer const& viewer) {
    return maybe<IntroductionRow>(read, own, bind("viewer", viewer.member));
}

std::optional<IntroductionRow> introduction_of(database::Read& read, Viewer const& viewer,
                                               PublicId const& discussion) {
    return maybe<IntroductionRow>(read, of_discussion, bind("discussion", discussion),
                                  bind("viewer", viewer.member));
}

constexpr Sql insert = R"(
    insert into introductions (public_id, member, discussion, greeter, markdown, html, written_at)
    values (:public_id, :author, :discussion, cast(:greeter as bigint), :markdown, :html, :at))";
constexpr Sql change = R"(
    update introductions set markdown = :markdown, html = :html where id = :introduction)";
constexpr Sql remove = "delete from introductions where id = :introduction";

void insert_introduction(database::Write& write, IntroductionToAdd const& introduction) {
    execute(write, insert, bind("public_id", introduction.public_id),
            bind("author", introduction.author), bind("discussion", introduction.discussion),
            bind("greeter", introduction.greeter), bind("markdown", introduction.markdown),
            bind("html", introduction.html), bind("at", introduction.at));
}

void change_introduction(database::Write& write, Id<Introduction> introduction,
                         std::string_view markdown, std::string_view html) {
    execute(write, change, bind("markdown", markdown), bind("html", html),
            bind("introduction", introduction));
}

void delete_introduction(database::Write& write, Id<Introduction> introduction) {
    execute(write, remove, bind("introduction", introduction));
}

constexpr Sql waiting = R"(
    select i.public_id, m.name, i.written_at
    from introductions i join members m on m.id = i.member
    join discussion_waits w on w.discussion = i.discussion
    where m.state = 'active' and i.member <> :viewer
      and (:stewards = 1 or exists (select 1 from greeters g where g.member = :viewer)
           or (:guides = 1 and w.reach = 'guides'))
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = i.member)
      and not exists (select 1 from mutes u where u.member = :viewer and u.other = i.member)
      and not exists (
          select 1 from wait_answers a
          where a.discussion = w.discussion
            and not exists (select 1 from separations s
                            where s.viewer = :viewer and s.other in (a.member, a.beneath)))
    order by i.written_at, i.id limit :at_most)";

std::vector<WaitingIntroductionRow> waiting_introductions(database::Read& read,
                                                          Viewer const& viewer) {
    return rows<WaitingIntroductionRow>(read, waiting, bind("viewer", viewer.member),
                                        bind("stewards", viewer.at_least(Role::steward)),
                                        bind("guides", viewer.role == Role::guide),
                                        bind("at_most", limits::unanswered_listed_max));
}

constexpr Sql forget_own = "delete from introductions where member = :member";
constexpr Sql forget_asked = "update introductions set greeter = null where greeter = :member";
constexpr Sql close_own = R"(
    update discussions set audience = 'nobody', open_for_comments = 0
    where id in (select i.discussion from introductions i where i.member = :member))";

void forget_introductions_of(database::Write& write, Id<Member> member) {
    for (auto const& sql : {close_own, forget_own, forget_asked})
        execute(write, sql, bind("member", member));
}

constexpr Sql all = "select public_id from introductions order by id";

std::vector<std::string> all_introduction_ids(database::Read& read) {
    return rows<std::string>(read, all);
}

}  // namespace kith::welcome
