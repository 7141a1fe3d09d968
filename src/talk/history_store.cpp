#include "talk/history_store.hpp"

#include "base/limits.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::rows;
using database::Sql;

constexpr Sql versions_sql =
    "select v.markdown, v.content_note, v.replaced_at "
    "from comment_versions v join comments c on c.id = v.comment "
    "where v.comment = :comment and (v.was_published = 1 or c.author = :viewer) "
    "order by v.id desc limit :limit";

constexpr Sql by_sql =
    "select d.subject_path, v.markdown, v.content_note, v.replaced_at "
    "from comments c join comment_versions v on v.comment = c.id "
    "join discussions d on d.id = c.discussion where c.author = :author order by v.id";

}  // namespace

std::vector<CommentVersionRow> versions_of(database::Read& read, Viewer const& viewer,
                                           Id<Comment> comment) {
    return rows<CommentVersionRow>(read, versions_sql, bind("comment", comment),
                                   bind("viewer", viewer.member),
                                   bind("limit", limits::comment_versions_shown_max));
}

std::vector<OwnVersionRow> versions_by(database::Read& read, Viewer const& viewer,
                                       Id<Member> author) {
    if (!viewer.is_server() && !viewer.is(author)) return {};
    return rows<OwnVersionRow>(read, by_sql, bind("author", author));
}

}  // namespace kith::talk
