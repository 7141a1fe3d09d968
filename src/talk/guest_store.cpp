#include "talk/guest_store.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::Sql;

constexpr Sql add_sql =
    "insert into comment_confirmations (token_hash, comment, language, made_at) "
    "values (:token_hash, :comment, :language, :now)";

constexpr Sql linked_sql = R"sql(
    select c.id, c.public_id, c.discussion, c.state, c.html, w.made_at,
           case when exists (select 1 from comments o
                             where o.guest_email_hash = c.guest_email_hash
                               and o.state = 'published') then 1 else 0 end
    from comment_confirmations w join comments c on c.id = w.comment
    where w.token_hash = :token_hash and c.state in ('waiting_for_email', 'held', 'published')
)sql";

constexpr Sql drop_old_sql = "delete from comment_confirmations where made_at < :until";
constexpr Sql drop_old_sources_sql =
    "delete from comment_sources where comment in (select c.id from comments c "
    "where c.state = 'waiting_for_email' and c.created_at < :until)";
constexpr Sql drop_old_quotes_sql =
    "delete from comment_quotes where comment in (select c.id from comments c "
    "where c.state = 'waiting_for_email' and c.created_at < :until)";
constexpr Sql drop_old_comments_sql =
    "delete from comments where state = 'waiting_for_email' and created_at < :until";

}  // namespace

void add_confirmation(database::Write& write, std::string_view token_hash, Id<Comment> comment,
                      std::string_view language, Time now) {
    execute(write, add_sql, bind("token_hash", token_hash), bind("comment", comment),
            bind("language", language), bind("now", now));
}

std::optional<LinkedComment> linked_comment(database::Read& read, Viewer const&,
                                            std::string_view token_hash) {
    return maybe<LinkedComment>(read, linked_sql, bind("token_hash", token_hash));
}

void forget_unconfirmed(database::Write& write, Time until) {
    execute(write, drop_old_sql, bind("until", until));
    execute(write, drop_old_sources_sql, bind("until", until));
    execute(write, drop_old_quotes_sql, bind("until", until));
    execute(write, drop_old_comments_sql, bind("until", until));
}

}  // namespace kith::talk
