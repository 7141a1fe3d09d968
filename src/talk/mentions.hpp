#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "talk/comment_store.hpp"

namespace kith::talk {

/// What may be the name after one '@', the longest first: "Maya Okoro said", "Maya Okoro", "Maya".
using PossibleNames = std::vector<std::string>;

/// The places in Markdown where somebody may be named, at most limits::mentions_max. An address
/// (me@example.org) names nobody.
[[nodiscard]] std::vector<PossibleNames> possible_mentions(std::string_view markdown);

/// Decides in the deed who is told that a comment names them: those of its readers who go by
/// exactly that name and keep no distance from its author. The words stay as they are for all.
/// Gives back who wasn't told before.
std::vector<Id<Member>> note_mentions(database::Write& write, CommentRow const& comment, Time now);

}  // namespace kith::talk
