#include "talk/group_words.hpp"

#include "base/limits.hpp"
#include "talk/comment_store.hpp"

namespace kith::talk {

std::vector<CopiedWords> words_of(database::Read& read, Viewer const& viewer,
                                  Id<Discussion> discussion, std::size_t at_most) {
    std::vector<CopiedWords> words;
    PagePlace start;
    while (words.size() < at_most) {
        auto rows = comments_after(read, viewer, discussion, start, limits::page_items);
        for (auto& row : rows) {
            start = {row.parent.value_or(row.id), row.id};
            if (row.state != State::published || words.size() == at_most) continue;
            words.push_back({row.author.value_or(Id<Member>{}), row.created_at,
                             row.parent.has_value(), std::move(row.content_note),
                             std::move(row.html)});
        }
        if (rows.size() < limits::page_items) break;
    }
    return words;
}

}  // namespace kith::talk
