#pragma once

#include <optional>
#include <string>

#include "talk/discussion_store.hpp"
#include "web/call.hpp"

namespace kith::talk {

/// Where a page stopped hearing of a discussion, for its event stream to go on from: the last event
/// there and the moment, covered, and another each time. Whoever keeps one can't tell from the next
/// whether anything happened that they don't see.
[[nodiscard]] std::string live_mark(web::Call const& call, DiscussionRow const& discussion);

/// The event of a mark of this viewer's; nothing if it isn't one, or so old that events after it
/// may be forgotten.
[[nodiscard]] std::optional<Id<LiveEvent>> marked_event(web::Call const& call,
                                                        DiscussionRow const& discussion,
                                                        std::string_view mark);

}  // namespace kith::talk
