#pragma once

#include <optional>
#include <string>
#include <vector>

#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "talk/comment_views.hpp"
#include "talk/live_store.hpp"
#include "web/http.hpp"
#include "web/site.hpp"

namespace kith::talk {

/// A piece of a page that changed: the Turbo stream of the template.
struct LiveChange {
    static constexpr std::string_view page = "talk/live";
    LiveKind kind = LiveKind::posted;
    std::string target;  ///< the list that a posted comment is added to
    bool reply = false;
    CommentView comment;  ///< without anything that only one viewer may do
};
BOOST_DESCRIBE_STRUCT(LiveChange, (), (kind, target, reply, comment))

/// Where news are heard.
using NewsPlace = HeardAt;

[[nodiscard]] NewsPlace news_place(PostingRow const& posting);

/// Tells this node's streams what the rows after `after` say, whoever has written them.
[[nodiscard]] web::ToldNews tell_after(web::Site& site, database::Read& read,
                                       web::LatestNews const& after);

/// Notes in the deed that a comment changed, and tells whoever listens once it is durable.
/// The deed has read `place` by find_for_posting, which locks the discussion: events of one
/// discussion are numbered in the order in which they are kept, and a replay misses none.
/// `row` is the comment as it is then; `parent` the comment that it is a reply to.
void announce(web::Site& site, database::Write& write, NewsPlace const& place, LiveKind kind,
              CommentRow row, std::optional<PublicId> const& parent, Time now);

/// What a stream of the discussion is told of `change` under the event's id.
[[nodiscard]] web::LiveMessage live_message(web::Site& site, web::Reading const& reading,
                                            PublicId const& event, LiveChange const& change);

[[nodiscard]] LiveChange live_change(LiveKind kind, CommentRow row,
                                     std::optional<PublicId> const& parent);

/// Tells a stream that what it missed is no longer known: the page must be fetched anew.
[[nodiscard]] web::LiveMessage reload_message();

/// Where streams in `language` listen for news of the discussion.
[[nodiscard]] std::string topic_of(PublicId const& discussion, std::string_view language);

}  // namespace kith::talk
