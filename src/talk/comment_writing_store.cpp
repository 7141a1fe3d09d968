#include "talk/comment_store.hpp"

#include "talk/kind_replies_store.hpp"
#include "talk/mentions_store.hpp"
#include "talk/pictures_store.hpp"
#include "talk/polls_store.hpp"
#include "talk/search_store.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::Sql;

constexpr Sql add_sql =
    "insert into comments (public_id, discussion, parent, author, thread_author, guest_name, "
    "guest_email_hash, html, content_note, state, created_at, idempotency_key) "
    "values (:public_id, :discussion, :parent, :author, :thread_author, :guest_name, "
    ":guest_email_hash, :html, :content_note, :state, :at, :idempotency_key) "
    "on conflict do nothing returning id";

constexpr Sql add_source_sql =
    "insert into comment_sources (comment, markdown) values (:comment, :markdown)";

constexpr Sql keep_version_sql =
    "insert into comment_versions (comment, markdown, content_note, replaced_at, was_published) "
    "select c.id, t.markdown, c.content_note, cast(:now as bigint), "
    "case when c.state = 'published' then 1 else 0 end "
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

}  // namespace

std::optional<Id<Comment>> add(database::Write& write, CommentToAdd const& comment) {
    auto const id = maybe<Id<Comment>>(
        write, add_sql, bind("public_id", comment.public_id),
        bind("discussion", comment.discussion), bind("parent", comment.parent),
        bind("author", comment.author), bind("thread_author", comment.thread_author),
        bind("guest_name", comment.guest_name), bind("guest_email_hash", comment.guest_email_hash),
        bind("html", comment.html), bind("content_note", comment.content_note),
        bind("state", comment.state), bind("at", comment.at),
        bind("idempotency_key", comment.idempotency_key));
    if (id) {
        execute(write, add_source_sql, bind("comment", *id), bind("markdown", comment.markdown));
        index_new_comment(write, *id, comment);
    }
    return id;
}

void change(database::Write& write, CommentRow const& comment, std::string_view markdown,
            std::string_view html, std::optional<std::string> const& content_note, State state,
            Time now) {
    execute(write, keep_version_sql, bind("comment", comment.id), bind("now", now));
    execute(write, change_sql, bind("comment", comment.id), bind("html", html),
            bind("content_note", content_note), bind("state", state), bind("now", now));
    execute(write, change_source_sql, bind("comment", comment.id), bind("markdown", markdown));
    index_comment(write, comment.id);
}

void set_state(database::Write& write, Id<Comment> comment, State state) {
    execute(write, set_state_sql, bind("comment", comment), bind("state", state));
    index_comment(write, comment);
}

void take_back(database::Write& write, Id<Comment> comment) {
    execute(write, take_back_sql, bind("comment", comment));
    drop_kind_replies_to(write, comment);
    drop_mentions_in(write, comment);
    drop_pictures_in(write, comment);
    drop_poll_in(write, comment);
    execute(write, drop_source_sql, bind("comment", comment));
    execute(write, drop_versions_sql, bind("comment", comment));
    index_comment(write, comment);
}

void take_back_all(database::Write& write, Id<Member> author) {
    execute(write, drop_all_sources_sql, bind("author", author));
    drop_kind_replies_of(write, author);
    drop_mentions_of(write, author);
    drop_pictures_by(write, author);
    drop_polls_by(write, author);
    execute(write, drop_all_versions_sql, bind("author", author));
    execute(write, drop_all_decisions_sql, bind("author", author));
    execute(write, take_back_all_sql, bind("author", author));
    index_comments_of(write, author);
}

}  // namespace kith::talk
