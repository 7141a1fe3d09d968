#include "talk/discussion_store.hpp"

#include <stdexcept>

#include "talk/search_store.hpp"
#include "web/live.hpp"
#include "web/notice.hpp"
#include "web/site.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::Sql;

constexpr Sql open_sql =
    "insert into discussions (public_id, subject_path, audience, author, open_for_comments, "
    "talk_group, small_circle, begun_at) "
    "select :public_id, :subject_path, :audience, cast(:author as bigint), 1, "
    "cast(:talk_group as bigint), coalesce((select g.small from talk_groups g "
    "where g.id = :talk_group), 0), cast(:begun_at as bigint) returning id";

constexpr Sql audience_sql = "select audience from discussions where id = :id";
constexpr Sql set_audience_sql =
    "update discussions set audience = :audience, open_for_comments = :open where id = :id";

constexpr Sql set_subject_path_sql =
    "update discussions set subject_path = :subject_path where id = :id";

// Of whoever is being erased others see nothing, so nothing that is talked about under it either.
// The last event is anybody's: it leaves the server covered alone, see live_mark.hpp.
constexpr Sql by_id = R"sql(
    select d.id, d.public_id, d.subject_path, d.audience, d.author, d.open_for_comments,
           case when d.talk_group is null then k.guests_may_comment else 0 end, d.talk_group,
           (select coalesce(max(e.id), 0) from live_events e where e.discussion = d.id),
           case when exists (select 1 from member_folds f where f.member = :viewer)
                     or exists (select 1 from mutes u where u.member = :viewer)
                     or exists (select 1 from distances t where t.member = :viewer)
                then 1 else 0 end,
           d.small_circle,
           case when d.small_circle = 1
                     and exists (select 1 from distances t
                                 join talk_group_members r on r.member = t.other
                                 where t.member = :viewer and r.talk_group = d.talk_group
                                   and (r.reads_from <= d.begun_at or d.open_to_later = 1))
                then 1 else 0 end
    from discussions d cross join community k
    where d.id = :id
      and (d.small_circle = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = d.author))
      and (d.talk_group is null or :viewer = -1
           or exists (select 1 from talk_group_members g
                      where g.talk_group = d.talk_group and g.member = :viewer
                        and (g.reads_from <= d.begun_at or d.open_to_later = 1)))
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing'
                      and e.id <> :viewer and :viewer <> -1)
)sql";

constexpr Sql id_by_public_id = "select id from discussions where public_id = :public_id";

constexpr Sql for_posting{{.sqlite = R"sql(
    select d.id, d.public_id, d.subject_path, d.audience, d.author, d.talk_group, d.small_circle,
           d.open_for_comments,
           case when d.talk_group is null then k.guests_may_comment else 0 end,
           case when d.talk_group is null then k.hold_first_comments else 0 end,
           case when d.talk_group is null then k.hold_links else 0 end, k.zone,
           m.public_id, m.name, m.role, case when m.avatar is null then 0 else 1 end,
           case when m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
                then 1 else 0 end,
           case when exists (select 1 from comments c
                             where c.author = :viewer and c.state = 'published')
                then 1 else 0 end
    from discussions d cross join community k left join members m on m.id = :viewer
    where d.id = :id
      and (d.small_circle = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = d.author))
      and (d.talk_group is null or :viewer = -1
           or exists (select 1 from talk_group_members g
                      where g.talk_group = d.talk_group and g.member = :viewer
                        and (g.reads_from <= d.begun_at or d.open_to_later = 1)))
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing'
                      and e.id <> :viewer and :viewer <> -1)
)sql",
                           .postgres = R"sql(
    select d.id, d.public_id, d.subject_path, d.audience, d.author, d.talk_group, d.small_circle,
           d.open_for_comments,
           case when d.talk_group is null then k.guests_may_comment else 0 end,
           case when d.talk_group is null then k.hold_first_comments else 0 end,
           case when d.talk_group is null then k.hold_links else 0 end, k.zone,
           m.public_id, m.name, m.role, case when m.avatar is null then 0 else 1 end,
           case when m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
                then 1 else 0 end,
           case when exists (select 1 from comments c
                             where c.author = :viewer and c.state = 'published')
                then 1 else 0 end
    from discussions d cross join community k left join members m on m.id = :viewer
    where d.id = :id
      and (d.small_circle = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = d.author))
      and (d.talk_group is null or :viewer = -1
           or exists (select 1 from talk_group_members g
                      where g.talk_group = d.talk_group and g.member = :viewer
                        and (g.reads_from <= d.begun_at or d.open_to_later = 1)))
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing'
                      and e.id <> :viewer and :viewer <> -1)
    for update of d
)sql"}};

constexpr Sql make_group_sql = "insert into talk_groups (small) values (:small) returning id";
constexpr Sql set_group_size_sql = "update talk_groups set small = :small where id = :talk_group";
constexpr Sql set_discussions_size_sql =
    "update discussions set small_circle = :small where talk_group = :talk_group";
constexpr Sql admit_sql =
    "insert into talk_group_members (talk_group, member, reads_from) "
    "values (:talk_group, :member, :reads_from) on conflict do nothing";
constexpr Sql dismiss_sql =
    "delete from talk_group_members where talk_group = :talk_group and member = :member";
constexpr Sql close_group_sql =
    "update discussions set open_for_comments = 0 where talk_group = :talk_group";
constexpr Sql leave_all_sql = "delete from talk_group_members where member = :member";
constexpr Sql open_to_later_sql =
    "update discussions set open_to_later = :open where id = :discussion";
constexpr Sql group_readers_sql = R"sql(
    select g.member from discussions d join talk_group_members g on g.talk_group = d.talk_group
    where d.id = :discussion and (g.reads_from <= d.begun_at or d.open_to_later = 1)
    order by g.member
)sql";

/// Of a row that distance doesn't hide, whether the audience holds the viewer.
template <class Row>
std::optional<Row> if_admitted(std::optional<Row> row, Viewer const& viewer, Id<Member> author) {
    if (row && !admits(row->audience, viewer, author)) row.reset();
    return row;
}

}  // namespace

Id<Discussion> open_discussion(database::Write& write, DiscussionOpening const& opening) {
    auto const group = opening.group ? std::optional(opening.group) : std::nullopt;
    return database::one<Id<Discussion>>(write, open_sql, bind("public_id", opening.public_id),
                                         bind("subject_path", opening.subject_path),
                                         bind("audience", opening.audience),
                                         bind("author", opening.author), bind("talk_group", group),
                                         bind("begun_at", opening.begun_at));
}

Id<Group> make_group(database::Write& write, GroupSize size) {
    return database::one<Id<Group>>(write, make_group_sql, bind("small", size == GroupSize::small));
}

void set_group_size(database::Write& write, Id<Group> group, GroupSize size) {
    for (auto const& sql : {set_group_size_sql, set_discussions_size_sql})
        execute(write, sql, bind("small", size == GroupSize::small), bind("talk_group", group));
}

void close_group(database::Write& write, Id<Group> group) {
    execute(write, close_group_sql, bind("talk_group", group));
}

void admit(database::Write& write, Id<Group> group, Id<Member> member, Time reads_from) {
    execute(write, admit_sql, bind("talk_group", group), bind("member", member),
            bind("reads_from", reads_from));
}

void dismiss(web::Site& site, database::Write& write, Id<Group> group, Id<Member> member) {
    execute(write, dismiss_sql, bind("talk_group", group), bind("member", member));
    web::forget_told(write, site, told_in(group), member);
    site.nodes->end_streams_after(write, member);
}

std::string told_in(Id<Group> group) { return "group " + std::to_string(group.value); }

void open_to_later(database::Write& write, Id<Discussion> discussion, bool open) {
    execute(write, open_to_later_sql, bind("open", open), bind("discussion", discussion));
}

std::vector<Id<Member>> group_readers(database::Read& read, Viewer const& viewer,
                                      Id<Discussion> discussion) {
    if (!viewer.is_server()) throw std::logic_error("only the server knows who reads along");
    return database::rows<Id<Member>>(read, group_readers_sql, bind("discussion", discussion));
}

void leave_all_groups(database::Write& write, Id<Member> member) {
    execute(write, leave_all_sql, bind("member", member));
}

void set_audience(database::Write& write, Id<Discussion> discussion, Audience audience,
                  bool open_for_comments) {
    auto const before = maybe<Audience>(write, audience_sql, bind("id", discussion));
    execute(write, set_audience_sql, bind("audience", audience), bind("open", open_for_comments),
            bind("id", discussion));
    if (before != audience) index_audience(write, discussion);
}

void set_subject_path(database::Write& write, Id<Discussion> discussion, std::string_view path) {
    execute(write, set_subject_path_sql, bind("subject_path", path), bind("id", discussion));
}

std::optional<DiscussionRow> find_discussion(database::Read& read, Viewer const& viewer,
                                             Id<Discussion> discussion) {
    auto row =
        maybe<DiscussionRow>(read, by_id, bind("id", discussion), bind("viewer", viewer.member));
    auto const author = row ? row->author : Id<Member>{};
    return if_admitted(std::move(row), viewer, author);
}

std::optional<DiscussionRow> find_discussion(database::Read& read, Viewer const& viewer,
                                             PublicId const& discussion) {
    auto const id = maybe<Id<Discussion>>(read, id_by_public_id, bind("public_id", discussion));
    // Asked for even when there is none: hidden and missing take the same statements.
    return find_discussion(read, viewer, id.value_or(Id<Discussion>{}));
}

std::optional<PostingRow> find_for_posting(database::Write& write, Viewer const& viewer,
                                           Id<Discussion> discussion) {
    auto row = maybe<PostingRow>(write, for_posting, bind("id", discussion),
                                 bind("viewer", viewer.member));
    auto const author = row ? row->subject_author : Id<Member>{};
    return if_admitted(std::move(row), viewer, author);
}

}  // namespace kith::talk
