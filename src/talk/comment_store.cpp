#include "talk/comment_store.hpp"

#include <algorithm>
#include <iterator>

namespace kith::talk {
namespace {

using database::bind;
using database::joined;
using database::maybe;
using database::rows;
using database::Sql;

// What a row of CommentRow is made of. Whoever is being erased is seen by nobody but themselves:
// their comments count as taken back, and are there again if they change their mind.
constexpr char columns[] = R"sql(
    select c.id, c.public_id, c.discussion, c.parent, c.author, c.thread_author, c.guest_name,
           c.html, c.content_note,
           case when m.state = 'erasing' and m.id <> :viewer then 'deleted' else c.state end,
           c.created_at, c.edited_at, m.public_id, m.name, m.role,
           case when m.avatar is null then 0 else 1 end,
           case when m.state = 'active' and (m.listed = 1 or m.author = 1 or m.role <> 'member')
                then 1 else 0 end,
           case when c.state = 'refused' then
               (select r.reason from comment_decisions r where r.comment = c.id
                order by r.id desc limit 1) end,
           coalesce(k.kind, 'none')
    from comments c left join members m on m.id = c.author
    left join kind_replies k on k.comment = c.id and k.member = :viewer
    left join separations a on a.viewer = :viewer and a.other = c.author
    left join separations t on t.viewer = :viewer and t.other = c.thread_author
)sql";

// A comment that is no longer read by all keeps its place while the viewer may see a reply to it.
// Distance is asked of one member and of one comment at a time: for `in (…, …)` of a row's own
// columns SQLite makes a table for each row. From its author and from that of its thread the
// viewer is apart where the joins of `columns` have found something, which costs half of asking
// with `exists`.
constexpr char shown_in_page[] = R"sql(
    where c.discussion = :discussion
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
                                  or (not exists (select 1 from separations s
                                                  where s.viewer = :viewer
                                                    and s.other = r.author)
                                      and not exists (select 1 from quote_separations x
                                                      where x.viewer = :viewer
                                                        and x.comment = r.id))))))
      and ((select d.small_circle from discussions d where d.id = :discussion) = 1
           or (a.viewer is null and t.viewer is null
               and not exists (select 1 from quote_separations x
                               where x.viewer = :viewer and x.comment = c.id)
               and (c.parent is null
                    or not exists (select 1 from quote_separations x
                                   where x.viewer = :viewer and x.comment = c.parent))))
)sql";

// The order of a page is that of the index comments_by_thread. What comes after a comment is the
// rest of its thread, then the threads after it: two statements that each begin in the index where
// they go on, however long the conversation and its threads are; and so backwards.
constexpr char rest_of_thread[] =
    "and coalesce(c.parent, c.id) = :thread and c.id > :after order by c.id limit :limit";
constexpr char later_threads[] =
    "and coalesce(c.parent, c.id) > :thread order by coalesce(c.parent, c.id), c.id limit :limit";
constexpr char start_of_thread[] =
    "and coalesce(c.parent, c.id) = :thread and c.id < :after order by c.id desc limit :limit";
constexpr char earlier_threads[] =
    "and coalesce(c.parent, c.id) < :thread "
    "order by coalesce(c.parent, c.id) desc, c.id desc limit :limit";

constexpr auto rest_of_thread_text = joined(columns, shown_in_page, rest_of_thread);
constexpr Sql rest_of_thread_sql = rest_of_thread_text.text;
constexpr auto later_threads_text = joined(columns, shown_in_page, later_threads);
constexpr Sql later_threads_sql = later_threads_text.text;
constexpr auto start_of_thread_text = joined(columns, shown_in_page, start_of_thread);
constexpr Sql start_of_thread_sql = start_of_thread_text.text;
constexpr auto earlier_threads_text = joined(columns, shown_in_page, earlier_threads);
constexpr Sql earlier_threads_sql = earlier_threads_text.text;

constexpr Sql place_sql =
    "select coalesce(c.parent, c.id), c.id from comments c "
    "where c.id = :comment and c.discussion = :discussion";

constexpr Sql id_by_public_id = "select id from comments where public_id = :public_id";

constexpr char alone[] = R"sql(
    where c.id = :id
      and ((c.state = 'published' and (m.id is null or m.state <> 'erasing' or m.id = :viewer))
           or (c.author = :viewer and c.state in ('held', 'refused')))
      and ((select d.small_circle from discussions d where d.id = c.discussion) = 1
           or (a.viewer is null and t.viewer is null
               and not exists (select 1 from quote_separations x
                               where x.viewer = :viewer and x.comment = c.id)
               and (c.parent is null
                    or not exists (select 1 from quote_separations x
                                   where x.viewer = :viewer and x.comment = c.parent))))
)sql";
constexpr auto by_id_text = joined(columns, alone);
constexpr Sql by_id = by_id_text.text;

constexpr Sql public_id_sql = "select public_id from comments where id = :id";

constexpr Sql source_sql =
    "select t.markdown from comment_sources t join comments c on c.id = t.comment "
    "where t.comment = :comment and c.author = :viewer";

constexpr Sql sent_before_sql =
    "select public_id from comments where author = :viewer and idempotency_key = :key";

constexpr Sql of_member_sql =
    "select c.id, d.subject_path, c.created_at, c.edited_at, c.state, t.markdown, c.content_note "
    "from comments c join discussions d on d.id = c.discussion "
    "join comment_sources t on t.comment = c.id "
    "where c.author = :author order by c.id";

/// The comments of the place's own thread on one side of it.
std::vector<CommentRow> some(database::Read& read, Sql const& sql, Viewer const& viewer,
                             Id<Discussion> discussion, PagePlace place, std::size_t limit) {
    return rows<CommentRow>(read, sql, bind("discussion", discussion),
                            bind("viewer", viewer.member), bind("thread", place.thread),
                            bind("after", place.comment), bind("limit", limit));
}

/// The comments of other threads on one side of it.
std::vector<CommentRow> threads(database::Read& read, Sql const& sql, Viewer const& viewer,
                                Id<Discussion> discussion, PagePlace place, std::size_t limit) {
    return rows<CommentRow>(read, sql, bind("discussion", discussion),
                            bind("viewer", viewer.member), bind("thread", place.thread),
                            bind("limit", limit));
}

}  // namespace

std::vector<CommentRow> comments_after(database::Read& read, Viewer const& viewer,
                                       Id<Discussion> discussion, PagePlace place,
                                       std::size_t limit) {
    if (!place.comment) return threads(read, later_threads_sql, viewer, discussion, place, limit);
    auto found = some(read, rest_of_thread_sql, viewer, discussion, place, limit);
    if (found.size() == limit) return found;
    auto more = threads(read, later_threads_sql, viewer, discussion, place, limit - found.size());
    found.insert(found.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
    return found;
}

std::vector<CommentRow> comments_before(database::Read& read, Viewer const& viewer,
                                        Id<Discussion> discussion, PagePlace place,
                                        std::size_t limit) {
    std::vector<CommentRow> found;
    bool const at_end = place == PagePlace::end();
    if (!at_end) found = some(read, start_of_thread_sql, viewer, discussion, place, limit);
    if (found.size() < limit) {
        auto more =
            threads(read, earlier_threads_sql, viewer, discussion, place, limit - found.size());
        found.insert(found.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
    }
    std::ranges::reverse(found);
    return found;
}

std::optional<PagePlace> place_of(database::Read& read, Viewer const&, Id<Discussion> discussion,
                                  Id<Comment> comment) {
    return maybe<PagePlace>(read, place_sql, bind("comment", comment),
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

std::optional<PublicId> parent_of(database::Read& read, Viewer const&, CommentRow const& comment) {
    if (!comment.parent) return std::nullopt;
    return maybe<PublicId>(read, public_id_sql, bind("id", *comment.parent));
}

std::optional<std::string> source_of(database::Read& read, Viewer const& viewer,
                                     Id<Comment> comment) {
    return maybe<std::string>(read, source_sql, bind("comment", comment),
                              bind("viewer", viewer.member));
}

std::optional<PublicId> sent_before(database::Read& read, Viewer const& author,
                                    std::string_view key) {
    return maybe<PublicId>(read, sent_before_sql, bind("viewer", author.member), bind("key", key));
}

std::vector<OwnCommentRow> comments_of(database::Read& read, Viewer const& viewer,
                                       Id<Member> author) {
    if (!viewer.is_server() && !viewer.is(author)) return {};
    return rows<OwnCommentRow>(read, of_member_sql, bind("author", author));
}

}  // namespace kith::talk
