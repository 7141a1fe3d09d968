#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"

namespace kith::talk {

/// A comment's words as they begin an answer: a block quote that leads to the comment.
[[nodiscard]] std::string quote_of(std::string_view name, PublicId const& comment,
                                   std::string_view markdown);

/// The comments that rendered words lead to, each once, at most limits::quotes_max.
[[nodiscard]] std::vector<PublicId> comments_linked(std::string_view html);

/// Rendered words without the block quotes that lead to `quoted`; nothing where there is none.
[[nodiscard]] std::optional<std::string> without_quote(std::string_view html,
                                                       PublicId const& quoted);

/// What the composer begins with when a comment is quoted; empty where the viewer can't see it.
struct AskedQuote {
    std::string body;
    std::string content_note;
};
[[nodiscard]] AskedQuote asked_quote(web::Call& call, DiscussionRow const& discussion);

/// Notes in the deed what the words quote of this discussion, as far as their author can see it.
void note_quotes(database::Write& write, Viewer const& author, Id<Discussion> discussion,
                 Id<Comment> comment, std::string_view html);

/// Takes out of the rows what they quote of words that are no longer there.
void leave_out_gone_quotes(database::Read& read, Viewer const& viewer,
                           std::vector<CommentRow>& rows);

}  // namespace kith::talk
