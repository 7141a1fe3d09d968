#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// A picture for it, by its name in the file store.
struct CopiedPicture {
    std::string file;
    std::string alt;
};

/// A comment for a copy that someone takes along.
struct CopiedWords {
    Id<Member> author;
    Time at{};
    bool reply = false;
    std::optional<std::string> content_note;
    std::string html;
    std::vector<CopiedPicture> pictures;
    std::optional<PollView> poll;
};

/// What the viewer may read of a discussion, in its order; at most `at_most` comments.
[[nodiscard]] std::vector<CopiedWords> words_of(database::Read& read, Viewer const& viewer,
                                                Id<Discussion> discussion, std::size_t at_most,
                                                Time now);

/// Erases a group with all of its discussions and everything that was said in them. Nothing may
/// name the discussions any more.
void erase_group(database::Write& write, Id<Group> group);

}  // namespace kith::talk
