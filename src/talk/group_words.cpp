#include "talk/group_words.hpp"

#include <map>

#include "base/limits.hpp"
#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "talk/pictures_store.hpp"
#include "talk/polls.hpp"

namespace kith::talk {
namespace {

using PicturesByComment = std::map<std::int64_t, std::vector<CopiedPicture>>;

PicturesByComment pictures_by_comment(database::Read& read, Viewer const& viewer,
                                      std::vector<CommentRow> const& rows) {
    std::vector<Id<Comment>> ids;
    ids.reserve(rows.size());
    for (auto const& row : rows) ids.push_back(row.id);
    PicturesByComment found;
    for (auto& picture : pictures_of(read, viewer, ids))
        found[picture.comment.value].push_back({std::move(picture.file), std::move(picture.alt)});
    return found;
}

}  // namespace

std::vector<CopiedWords> words_of(database::Read& read, Viewer const& viewer,
                                  Id<Discussion> discussion, std::size_t at_most, Time now) {
    std::vector<CopiedWords> words;
    auto const place = find_discussion(read, viewer, discussion);
    if (!place) return words;
    PagePlace start;
    while (words.size() < at_most) {
        auto rows = comments_after(read, viewer, discussion, start, limits::page_items);
        auto pictures = pictures_by_comment(read, viewer, rows);
        add_polls(read, viewer, now, *place, rows);
        for (auto& row : rows) {
            start = {row.parent.value_or(row.id), row.id};
            if (row.state != State::published || words.size() == at_most) continue;
            words.push_back({row.author.value_or(Id<Member>{}), row.created_at,
                             row.parent.has_value(), std::move(row.content_note),
                             std::move(row.html), std::move(pictures[row.id.value]),
                             std::move(row.poll)});
        }
        if (rows.size() < limits::page_items) break;
    }
    return words;
}

}  // namespace kith::talk
