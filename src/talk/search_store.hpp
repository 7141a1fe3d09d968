#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "talk/comment_store.hpp"
#include "web/search.hpp"

namespace kith::talk {

inline constexpr std::string_view found_comments = "comments";

/// A comment that was found.
struct FoundCommentRow {
    std::int64_t entry = 0;
    PublicId public_id;
    std::string html;
    std::optional<std::string> content_note;
    std::optional<std::string> guest_name;
    std::optional<std::string> member_name;
    Time created_at{};
};
BOOST_DESCRIBE_STRUCT(FoundCommentRow, (),
                      (entry, public_id, html, content_note, guest_name, member_name, created_at))

/// The comments that the viewer may read, of those found; newest first.
[[nodiscard]] std::vector<FoundCommentRow> find_comments(database::Read& read, Viewer const& viewer,
                                                         std::string_view language,
                                                         web::SearchWish const& wish);

/// The rendered words of a comment as the index keeps them.
[[nodiscard]] std::string found_words(std::string_view html);

/// Puts a comment that was just added in the index, if everybody of its discussion may read it.
void index_new_comment(database::Write& write, Id<Comment> id, CommentToAdd const& comment);
/// Puts a comment in the index as it now stands, or takes it out.
void index_comment(database::Write& write, Id<Comment> comment);
/// The same for all of a member's.
void index_comments_of(database::Write& write, Id<Member> author);
/// Takes everything that was said in a group out of the index.
void unindex_group(database::Write& write, Id<Group> group);
/// Says anew where the comments of a discussion are shown.
void index_audience(database::Write& write, Id<Discussion> discussion);
/// Puts the comments after `after` in the index; gives the last of them, or 0 at the end.
[[nodiscard]] std::int64_t index_comments(database::Write& write, std::int64_t after,
                                          std::size_t at_most);

}  // namespace kith::talk
