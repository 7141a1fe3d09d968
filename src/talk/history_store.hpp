#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// How a comment read until it was changed.
struct CommentVersionRow {
    std::string markdown;
    std::optional<std::string> content_note;
    Time replaced_at{};
};
BOOST_DESCRIBE_STRUCT(CommentVersionRow, (), (markdown, content_note, replaced_at))

/// The versions, newest first, of a comment that the viewer may read: those that others could read
/// as well, to its author all.
[[nodiscard]] std::vector<CommentVersionRow> versions_of(database::Read& read, Viewer const& viewer,
                                                         Id<Comment> comment);

/// The same for what a member takes away, with where each was written; oldest first.
struct OwnVersionRow {
    std::string subject_path;
    std::string markdown;
    std::optional<std::string> content_note;
    Time replaced_at{};
};
BOOST_DESCRIBE_STRUCT(OwnVersionRow, (), (subject_path, markdown, content_note, replaced_at))
[[nodiscard]] std::vector<OwnVersionRow> versions_by(database::Read& read, Viewer const& viewer,
                                                     Id<Member> author);

}  // namespace kith::talk
