#include "talk/discussion_store.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::Sql;

constexpr Sql open_sql =
    "insert into discussions (public_id, subject_path, audience, author, open_for_comments) "
    "values (:public_id, :subject_path, :audience, :author, 1) returning id";

constexpr Sql set_audience_sql =
    "update discussions set audience = :audience, open_for_comments = :open where id = :id";

constexpr Sql set_subject_path_sql =
    "update discussions set subject_path = :subject_path where id = :id";

// Of whoever is being erased others see nothing, so nothing that is talked about under it either.
// The last event is the last that this viewer may see: any other would tell of people apart.
constexpr Sql by_id = R"sql(
    select d.id, d.public_id, d.subject_path, d.audience, d.author, d.open_for_comments,
           k.guests_may_comment,
           (select e.public_id from live_events e join comments c on c.id = e.comment
            where e.discussion = d.id
              and not exists (select 1 from separations s
                              where s.viewer = :viewer and s.other = c.author)
              and not exists (select 1 from separations s
                              where s.viewer = :viewer and s.other = c.thread_author)
            order by e.id desc limit 1)
    from discussions d cross join community k
    where d.id = :id
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = d.author)
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing'
                      and e.id <> :viewer and :viewer <> -1)
)sql";

constexpr Sql id_by_public_id = "select id from discussions where public_id = :public_id";

constexpr Sql for_posting{{.sqlite = R"sql(
    select d.id, d.public_id, d.subject_path, d.audience, d.author, d.open_for_comments,
           k.guests_may_comment, k.hold_first_comments, k.hold_links, k.zone,
           m.public_id, m.name, m.role, case when m.avatar is null then 0 else 1 end,
           case when m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
                then 1 else 0 end,
           case when exists (select 1 from comments c
                             where c.author = :viewer and c.state = 'published')
                then 1 else 0 end
    from discussions d cross join community k left join members m on m.id = :viewer
    where d.id = :id
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = d.author)
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing'
                      and e.id <> :viewer and :viewer <> -1)
)sql",
                           .postgres = R"sql(
    select d.id, d.public_id, d.subject_path, d.audience, d.author, d.open_for_comments,
           k.guests_may_comment, k.hold_first_comments, k.hold_links, k.zone,
           m.public_id, m.name, m.role, case when m.avatar is null then 0 else 1 end,
           case when m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
                then 1 else 0 end,
           case when exists (select 1 from comments c
                             where c.author = :viewer and c.state = 'published')
                then 1 else 0 end
    from discussions d cross join community k left join members m on m.id = :viewer
    where d.id = :id
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = d.author)
      and not exists (select 1 from members e where e.id = d.author and e.state = 'erasing'
                      and e.id <> :viewer and :viewer <> -1)
    for update of d
)sql"}};

/// Of a row that distance doesn't hide, whether the audience holds the viewer.
template <class Row>
std::optional<Row> if_admitted(std::optional<Row> row, Viewer const& viewer, Id<Member> author) {
    if (row && !admits(row->audience, viewer, author)) row.reset();
    return row;
}

}  // namespace

Id<Discussion> open_discussion(database::Write& write, DiscussionOpening const& opening) {
    return database::one<Id<Discussion>>(write, open_sql, bind("public_id", opening.public_id),
                                         bind("subject_path", opening.subject_path),
                                         bind("audience", opening.audience),
                                         bind("author", opening.author));
}

void set_audience(database::Write& write, Id<Discussion> discussion, Audience audience,
                  bool open_for_comments) {
    execute(write, set_audience_sql, bind("audience", audience), bind("open", open_for_comments),
            bind("id", discussion));
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
