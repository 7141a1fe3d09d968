#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "database/session.hpp"
#include "talk/talk.hpp"
#include "talk/talk_rules.hpp"

namespace kith::talk {

/// Keeps, hashed, the token of the link that publishes a guest's comment.
void add_confirmation(database::Write& write, std::string_view token_hash, Id<Comment> comment,
                      std::string_view language, Time now);

/// A guest's comment with a link of its own: it waits for it, or has been confirmed by it.
struct LinkedComment {
    Id<Comment> comment;
    PublicId public_id;
    Id<Discussion> discussion;
    State state = State::waiting_for_email;
    std::string html;
    Time made_at{};
    bool published_before = false;  ///< something else from the same address
};
BOOST_DESCRIBE_STRUCT(LinkedComment, (),
                      (comment, public_id, discussion, state, html, made_at, published_before))

/// What the token's link publishes or has published; nothing once that was taken away.
[[nodiscard]] std::optional<LinkedComment> linked_comment(database::Read& read,
                                                          Viewer const& viewer,
                                                          std::string_view token_hash);

/// Removes guests' comments that nobody confirmed, made before `until`.
void forget_unconfirmed(database::Write& write, Time until);

}  // namespace kith::talk
