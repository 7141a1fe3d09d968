#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/session.hpp"
#include "talk/comment_store.hpp"

namespace kith::talk {

/// A held comment as a steward reads it.
struct HeldRow : CommentRow {
    std::string subject_path;
};
BOOST_DESCRIBE_STRUCT(HeldRow, (CommentRow), (subject_path))

/// What waits for this steward, oldest first: nothing of their own, or of whom they are apart from.
[[nodiscard]] std::vector<HeldRow> held_comments(database::Read& read, Viewer const& steward,
                                                 Id<Comment> after, std::size_t limit);
/// One of them.
[[nodiscard]] std::optional<HeldRow> held_comment(database::Read& read, Viewer const& steward,
                                                  PublicId const& comment);
/// How many wait, up to `most`.
[[nodiscard]] std::int64_t held_count(database::Read& read, Viewer const& steward,
                                      std::size_t most);

/// What a steward does with a comment.
enum class Decision { hold, release, refuse };
BOOST_DESCRIBE_ENUM(Decision, hold, release, refuse)

/// Keeps who decided what and why.
void add_decision(database::Write& write, Id<Comment> comment, Viewer const& steward,
                  Decision decision, std::string_view reason, Time now);

}  // namespace kith::talk
