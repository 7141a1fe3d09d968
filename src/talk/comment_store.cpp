#include "talk/comment_store.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::rows;
using database::Sql;

// A comment that is no longer read by all keeps its place while the viewer may see a reply to it.
// Whoever is being erased is seen by nobody but themselves: their comments count as taken back, and
// are there again if they change their mind.
constexpr Sql page_sql = R"sql(
    select c.id, c.public_id, c.discussion, c.parent, c.author, c.thread_author, c.guest_name,
           c.html, c.content_note,
           case when m.state = 'erasing' and m.id <> :viewer then 'deleted' else c.state end,
           c.created_at, c.edited_at, m.public_id, m.name, m.role,
           case when m.avatar is null then 0 else 1 end,
           case when m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
                then 1 else 0 end,
           case when c.state = 'refused' then
               (select r.reason from comment_decisions r where r.comment = c.id
                order by r.id desc limit 1) end
    from comments c left join members m on m.id = c.author
    where c.discussion = :discussion
      and coalesce(c.parent, c.id) >= :thread
      and (coalesce(c.parent, c.id) > :thread or c.id > :after)
      and ((c.state = 'published' and (m.id is null or m.state <> 'erasing' or m.id = :viewer))
           or (c.author = :viewer and c.state in ('held', 'refused'))
           or (c.parent is null
               and (c.state in ('held', 'refused', 'deleted') or m.state = 'erasing')
               and exists (select 1 from comments r left join members w on w.id = r.author
                           where r.discussion = c.discussion and coalesce(r.parent, r.id) = c.id
                             and r.id <> c.id
                             and (w.id is null or w.state <> 'erasing' or w.id = :viewer)
                             and (r.state = 'published'
                                  or (r.author = :viewer and r.state in ('held', 'refused')))
                             and ((select d.small_circle from discussions d
                                   where d.id = :discussion) = 1
                                  or not exists (select 1 from separations s
                                                 where s.viewer = :viewer
                                                   and s.other = r.author)))))
      and ((select d.small_circle from discussions d where d.id = :discussion) = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other in (c.author, c.thread_author)))
    order by coalesce(c.parent, c.id), c.id
    limit :limit
)sql";

constexpr Sql place_sql =
    "select coalesce(c.parent, c.id), c.id from comments c "
    "where c.id = :comment and c.discussion = :discussion";

constexpr Sql id_by_public_id = "select id from comments where public_id = :public_id";

constexpr Sql by_id = R"sql(
    select c.id, c.public_id, c.discussion, c.parent, c.author, c.thread_author, c.guest_name,
           c.html, c.content_note, c.state, c.created_at, c.edited_at,
           m.public_id, m.name, m.role, case when m.avatar is null then 0 else 1 end,
           case when m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
                then 1 else 0 end,
           case when c.state = 'refused' then
               (select r.reason from comment_decisions r where r.comment = c.id
                order by r.id desc limit 1) end
    from comments c left join members m on m.id = c.author
    where c.id = :id
      and ((c.state = 'published' and (m.id is null or m.state <> 'erasing' or m.id = :viewer))
           or (c.author = :viewer and c.state in ('held', 'refused')))
      and ((select d.small_circle from discussions d where d.id = c.discussion) = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other in (c.author, c.thread_author)))
)sql";

// Pages are counted in what the viewer sees: the condition is the page's own.
constexpr Sql page_before_sql = R"sql(
    select x.id from (
        select c.id as id, row_number() over (order by coalesce(c.parent, c.id), c.id) as place
        from comments c left join members m on m.id = c.author
        where c.discussion = :discussion
          and coalesce(c.parent, c.id) <= :thread
          and (coalesce(c.parent, c.id) < :thread or c.id < :comment)
          and ((c.state = 'published' and (m.id is null or m.state <> 'erasing' or m.id = :viewer))
               or (c.author = :viewer and c.state in ('held', 'refused'))
               or (c.parent is null
                   and (c.state in ('held', 'refused', 'deleted') or m.state = 'erasing')
                   and exists (select 1 from comments r left join members w on w.id = r.author
                               where r.discussion = c.discussion
                                 and coalesce(r.parent, r.id) = c.id and r.id <> c.id
                                 and (w.id is null or w.state <> 'erasing' or w.id = :viewer)
                                 and (r.state = 'published'
                                      or (r.author = :viewer and r.state in ('held', 'refused')))
                                 and ((select d.small_circle from discussions d
                                       where d.id = :discussion) = 1
                                      or not exists (select 1 from separations s
                                                     where s.viewer = :viewer
                                                       and s.other = r.author)))))
          and ((select d.small_circle from discussions d where d.id = :discussion) = 1
               or not exists (select 1 from separations s
                              where s.viewer = :viewer
                                and s.other in (c.author, c.thread_author)))) x
    where x.place % :page_items = 0
    order by x.place desc limit 1
)sql";

constexpr Sql public_id_sql = "select public_id from comments where id = :id";

constexpr Sql source_sql =
    "select t.markdown from comment_sources t join comments c on c.id = t.comment "
    "where t.comment = :comment and c.author = :viewer";

constexpr Sql add_sql =
    "insert into comments (public_id, discussion, parent, author, thread_author, guest_name, "
    "guest_email_hash, html, content_note, state, created_at, idempotency_key) "
    "values (:public_id, :discussion, :parent, :author, :thread_author, :guest_name, "
    ":guest_email_hash, :html, :content_note, :state, :at, :idempotency_key) "
    "on conflict do nothing returning id";

constexpr Sql add_source_sql =
    "insert into comment_sources (comment, markdown) values (:comment, :markdown)";

constexpr Sql sent_before_sql =
    "select public_id from comments where author = :viewer and idempotency_key = :key";

constexpr Sql keep_version_sql =
    "insert into comment_versions (comment, markdown, content_note, replaced_at) "
    "select c.id, t.markdown, c.content_note, cast(:now as bigint) "
    "from comments c join comment_sources t on t.comment = c.id where c.id = :comment";

constexpr Sql change_sql =
    "update comments set html = :html, content_note = :content_note, state = :state, "
    "edited_at = :now where id = :comment";

constexpr Sql change_source_sql =
    "update comment_sources set markdown = :markdown where comment = :comment";

constexpr Sql set_state_sql = "update comments set state = :state where id = :comment";

constexpr Sql take_back_sql =
    "update comments set state = 'deleted', html = '', content_note = null where id = :comment";
constexpr Sql drop_source_sql = "delete from comment_sources where comment = :comment";
constexpr Sql drop_versions_sql = "delete from comment_versions where comment = :comment";

constexpr Sql take_back_all_sql =
    "update comments set state = 'deleted', html = '', content_note = null, "
    "idempotency_key = null where author = :author";
constexpr Sql drop_all_sources_sql =
    "delete from comment_sources where comment in "
    "(select c.id from comments c where c.author = :author)";
constexpr Sql drop_all_versions_sql =
    "delete from comment_versions where comment in "
    "(select c.id from comments c where c.author = :author)";
constexpr Sql drop_all_decisions_sql =
    "delete from comment_decisions where comment in "
    "(select c.id from comments c where c.author = :author)";

constexpr Sql of_member_sql =
    "select d.subject_path, c.created_at, c.edited_at, c.state, t.markdown, c.content_note "
    "from comments c join discussions d on d.id = c.discussion "
    "join comment_sources t on t.comment = c.id "
    "where c.author = :author order by c.id";

}  // namespace

std::vector<CommentRow> comments_page(database::Read& read, Viewer const& viewer,
                                      Id<Discussion> discussion, PageStart start,
                                      std::size_t limit) {
    return rows<CommentRow>(read, page_sql, bind("discussion", discussion),
                            bind("viewer", viewer.member), bind("thread", start.thread),
                            bind("after", start.after), bind("limit", limit));
}

std::optional<PageStart> place_of(database::Read& read, Viewer const&, Id<Discussion> discussion,
                                  Id<Comment> comment) {
    return maybe<PageStart>(read, place_sql, bind("comment", comment),
                            bind("discussion", discussion));
}

std::optional<CommentRow> find_comment(database::Read& read, Viewer const& viewer,
                                       PublicId const& comment) {
    auto const id = maybe<Id<Comment>>(read, id_by_public_id, bind("public_id", comment));
    return find_comment(read, viewer, id.value_or(Id<Comment>{}));
}

std::optional<CommentRow> find_comment(database::Read& read, Viewer const& viewer,
                                       Id<Comment> comment) {
    return maybe<CommentRow>(read, by_id, bind("id", comment), bind("viewer", viewer.member));
}

std::optional<Id<Comment>> page_before(database::Read& read, Viewer const& viewer,
                                       CommentRow const& comment, std::size_t page_items) {
    return maybe<Id<Comment>>(read, page_before_sql, bind("discussion", comment.discussion),
                              bind("viewer", viewer.member),
                              bind("thread", comment.parent.value_or(comment.id)),
                              bind("comment", comment.id), bind("page_items", page_items));
}

std::optional<PublicId> parent_of(database::Read& read, Viewer const&, CommentRow const& comment) {
    if (!comment.parent) return std::nullopt;
    return maybe<PublicId>(read, public_id_sql, bind("id", *comment.parent));
}

std::optional<std::string> source_of(database::Read& read, Viewer const& viewer,
                                     Id<Comment> comment) {
    return maybe<std::string>(read, source_sql, bind("comment", comment),
                              bind("viewer", viewer.member));
}

std::optional<Id<Comment>> add(database::Write& write, CommentToAdd const& comment) {
    auto const id = maybe<Id<Comment>>(
        write, add_sql, bind("public_id", comment.public_id),
        bind("discussion", comment.discussion), bind("parent", comment.parent),
        bind("author", comment.author), bind("thread_author", comment.thread_author),
        bind("guest_name", comment.guest_name), bind("guest_email_hash", comment.guest_email_hash),
        bind("html", comment.html), bind("content_note", comment.content_note),
        bind("state", comment.state), bind("at", comment.at),
        bind("idempotency_key", comment.idempotency_key));
    if (id)
        execute(write, add_source_sql, bind("comment", *id), bind("markdown", comment.markdown));
    return id;
}

std::optional<PublicId> sent_before(database::Read& read, Viewer const& author,
                                    std::string_view key) {
    return maybe<PublicId>(read, sent_before_sql, bind("viewer", author.member), bind("key", key));
}

void change(database::Write& write, CommentRow const& comment, std::string_view markdown,
            std::string_view html, std::optional<std::string> const& content_note, State state,
            Time now) {
    execute(write, keep_version_sql, bind("comment", comment.id), bind("now", now));
    execute(write, change_sql, bind("comment", comment.id), bind("html", html),
            bind("content_note", content_note), bind("state", state), bind("now", now));
    execute(write, change_source_sql, bind("comment", comment.id), bind("markdown", markdown));
}

void set_state(database::Write& write, Id<Comment> comment, State state) {
    execute(write, set_state_sql, bind("comment", comment), bind("state", state));
}

void take_back(database::Write& write, Id<Comment> comment) {
    execute(write, take_back_sql, bind("comment", comment));
    execute(write, drop_source_sql, bind("comment", comment));
    execute(write, drop_versions_sql, bind("comment", comment));
}

void take_back_all(database::Write& write, Id<Member> author) {
    execute(write, drop_all_sources_sql, bind("author", author));
    execute(write, drop_all_versions_sql, bind("author", author));
    execute(write, drop_all_decisions_sql, bind("author", author));
    execute(write, take_back_all_sql, bind("author", author));
}

std::vector<OwnCommentRow> comments_of(database::Read& read, Viewer const& viewer,
                                       Id<Member> author) {
    if (!viewer.is_server() && !viewer.is(author)) return {};
    return rows<OwnCommentRow>(read, of_member_sql, bind("author", author));
}

}  // namespace kith::talk
