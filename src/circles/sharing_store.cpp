#include "circles/sharing_store.hpp"

#include "base/limits.hpp"

namespace kith::circles {

using database::bind;
using database::Sql;

constexpr Sql own = R"(
    select t.kind, t.word from member_tags t where t.member = :viewer
    order by t.id limit :at_most)";
constexpr Sql shown = R"(
    select case when exists (select 1 from member_sharing h
                             where h.member = :viewer and h.shown = 1) then 1 else 0 end)";

std::vector<Tag> own_tags(database::Read& read, Viewer const& viewer) {
    return database::rows<Tag>(read, own, bind("viewer", viewer.member),
                               bind("at_most", limits::circle_tags_max));
}

bool shows_tags(database::Read& read, Viewer const& viewer) {
    return database::scalar<bool>(read, shown, bind("viewer", viewer.member));
}

constexpr Sql drop = "delete from member_tags where member = :member";
constexpr Sql insert = R"(
    insert into member_tags (member, kind, word, folded) values (:member, :kind, :word, :folded))";
constexpr Sql show = R"(
    insert into member_sharing (member, shown) values (:member, :shown)
    on conflict (member) do update set shown = :shown)";

void keep_own_tags(database::Write& write, Id<Member> member, std::vector<Tag> const& tags,
                   bool is_shown) {
    database::execute(write, drop, bind("member", member));
    for (auto const& tag : tags)
        database::execute(write, insert, bind("member", member), bind("kind", tag.kind),
                          bind("word", tag.word), bind("folded", folded(tag.word)));
    database::execute(write, show, bind("member", member), bind("shown", is_shown));
}

// Who made a circle is in all of it: whoever is apart from them doesn't find it (SAFETY 2).
constexpr Sql findable{{.sqlite = R"(
    with found as (
        select c.id as id, c.public_id as public_id, c.name as name, c.purpose as purpose,
               c.kind as kind,
               case when (select count(*) from circle_members f where f.circle = c.id)
                         >= c.size_max then 1 else 0 end as is_full,
               (select count(*) from circle_tags t
                where t.circle = c.id
                  and exists (select 1 from member_tags w
                              where w.member = :viewer and w.folded = t.folded)) as in_common
        from circles c
        where c.listing = 'listed' and c.closed_at is null and :viewer > 0
          and not exists (select 1 from circle_members y
                          where y.circle = c.id and y.member = :viewer)
          and not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = c.made_by)
    )
    select f.id, f.public_id, f.name, f.purpose, f.kind, f.is_full, f.in_common,
           coalesce((select group_concat(t.word, ', ') from circle_tags t
                     where t.circle = f.id
                       and exists (select 1 from member_tags w
                                   where w.member = :viewer and w.folded = t.folded)), '')
    from found f
    where :after = 0 or (-f.in_common, lower(f.name), f.id) >
                        (select -a.in_common, lower(a.name), a.id from found a where a.id = :after)
    order by -f.in_common, lower(f.name), f.id limit :at_most)",
                        .postgres = R"(
    with found as (
        select c.id as id, c.public_id as public_id, c.name as name, c.purpose as purpose,
               c.kind as kind,
               case when (select count(*) from circle_members f where f.circle = c.id)
                         >= c.size_max then 1 else 0 end as is_full,
               (select count(*) from circle_tags t
                where t.circle = c.id
                  and exists (select 1 from member_tags w
                              where w.member = :viewer and w.folded = t.folded)) as in_common
        from circles c
        where c.listing = 'listed' and c.closed_at is null and :viewer > 0
          and not exists (select 1 from circle_members y
                          where y.circle = c.id and y.member = :viewer)
          and not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = c.made_by)
    )
    select f.id, f.public_id, f.name, f.purpose, f.kind, f.is_full, f.in_common,
           coalesce((select string_agg(t.word, ', ' order by t.id) from circle_tags t
                     where t.circle = f.id
                       and exists (select 1 from member_tags w
                                   where w.member = :viewer and w.folded = t.folded)), '')
    from found f
    where :after = 0 or (-f.in_common, lower(f.name), f.id) >
                        (select -a.in_common, lower(a.name), a.id from found a where a.id = :after)
    order by -f.in_common, lower(f.name), f.id limit :at_most)"}};

std::vector<FoundCircleRow> findable_circles(database::Read& read, Viewer const& viewer,
                                             Id<Circle> after, std::size_t at_most) {
    return database::rows<FoundCircleRow>(read, findable, bind("viewer", viewer.member),
                                          bind("after", after), bind("at_most", at_most));
}

}  // namespace kith::circles
