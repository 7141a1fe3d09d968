#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// What happened to a comment, as an event stream tells it.
enum class LiveKind {
    posted,
    edited,
    removed,
    returned,  ///< a steward has let it stand, whether or not it was seen before
};
BOOST_DESCRIBE_ENUM(LiveKind, posted, edited, removed, returned)

struct LiveEventRow {
    PublicId public_id;
    Id<Comment> comment;
    PublicId comment_id;
    std::optional<PublicId> parent_id;
    LiveKind kind = LiveKind::posted;
};
BOOST_DESCRIBE_STRUCT(LiveEventRow, (), (public_id, comment, comment_id, parent_id, kind))

struct LiveEvent;  // the tag of Id<LiveEvent>

/// Notes what happened, in the deed in which it happens.
void add_live_event(database::Write& write, PublicId const& public_id, Id<Discussion> discussion,
                    Id<Comment> comment, LiveKind kind, Time at);

/// The event of this discussion if the viewer may know of it.
[[nodiscard]] std::optional<Id<LiveEvent>> live_event(database::Read& read, Viewer const& viewer,
                                                      Id<Discussion> discussion,
                                                      PublicId const& event);

/// At most `limit` events up to `event` that the viewer may know of, latest first.
[[nodiscard]] std::vector<PublicId> live_events_until(database::Read& read, Viewer const& viewer,
                                                      Id<Discussion> discussion,
                                                      Id<LiveEvent> event, std::size_t limit);

/// At most `limit` events after `event` that the viewer may know of, oldest first.
[[nodiscard]] std::vector<LiveEventRow> live_events_after(database::Read& read,
                                                          Viewer const& viewer,
                                                          Id<Discussion> discussion,
                                                          Id<LiveEvent> event, std::size_t limit);

/// Who keeps distance from any of the people whose words an event is about, or whom it quotes;
/// sorted.
[[nodiscard]] std::vector<Id<Member>> separated_from_any(database::Read& read, Viewer const& viewer,
                                                         Id<Comment> comment,
                                                         std::optional<Id<Member>> author,
                                                         std::optional<Id<Member>> thread_author,
                                                         Id<Member> subject_author);

/// Removes events from before `until`.
void forget_live_events(database::Write& write, Time until);

}  // namespace kith::talk
