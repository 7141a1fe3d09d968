#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"
#include "web/nodes.hpp"

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

/// Where its events are heard, for telling; none when nobody may read it.
struct HeardAt {
    Id<Discussion> discussion;
    PublicId discussion_id;
    Audience audience = Audience::nobody;
    Id<Member> subject_author;
    bool in_group = false;
    bool small_circle = false;
    std::string zone;  ///< the community's: live words are the same for all
};
BOOST_DESCRIBE_STRUCT(HeardAt, (),
                      (discussion, discussion_id, audience, subject_author, in_group, small_circle,
                       zone))
[[nodiscard]] std::optional<HeardAt> heard_at(database::Read& read, Viewer const& viewer,
                                              Id<Discussion> discussion);

/// An event with its number, of whatever kind, for who tells it on.
struct NumberedEventRow {
    Id<LiveEvent> id;
    PublicId public_id;
    Id<Comment> comment;
    PublicId comment_id;
    std::optional<PublicId> parent_id;
    LiveKind kind = LiveKind::posted;
};
BOOST_DESCRIBE_STRUCT(NumberedEventRow, (), (id, public_id, comment, comment_id, parent_id, kind))
/// Whose words a removed comment were, and under whose they stood; nothing of what they were.
struct GoneCommentRow {
    Id<Comment> id;
    PublicId public_id;
    std::optional<Id<Member>> author;
    std::optional<Id<Member>> thread_author;
};
BOOST_DESCRIBE_STRUCT(GoneCommentRow, (), (id, public_id, author, thread_author))
[[nodiscard]] std::optional<GoneCommentRow> gone_comment(database::Read& read, Viewer const& viewer,
                                                         Id<Comment> comment);
/// At most `limit` events of a discussion after `event`, oldest first; for the server alone.
[[nodiscard]] std::vector<NumberedEventRow> all_events_after(database::Read& read,
                                                             Viewer const& viewer,
                                                             Id<Discussion> discussion,
                                                             Id<LiveEvent> event,
                                                             std::size_t limit);
/// The last event of the discussion, whoever may see it; it leaves the server in no form.
[[nodiscard]] Id<LiveEvent> last_event_of(database::Read& read, Viewer const& viewer,
                                          Id<Discussion> discussion);
/// The discussions with events from `since` on, and the last of each.
[[nodiscard]] std::vector<web::LatestNews> latest_events_since(database::Read& read, Time since);

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
