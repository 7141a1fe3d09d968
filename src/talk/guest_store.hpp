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

/// A guest's comment that waits for its link.
struct WaitingComment {
    Id<Comment> comment;
    Id<Discussion> discussion;
    std::string html;
    Time made_at{};
    bool published_before = false;  ///< something else from the same address
};
BOOST_DESCRIBE_STRUCT(WaitingComment, (), (comment, discussion, html, made_at, published_before))

/// What the token's link publishes, if it still waits for it.
[[nodiscard]] std::optional<WaitingComment> waiting_for(database::Read& read, Viewer const& viewer,
                                                        std::string_view token_hash);

/// Uses the token up.
void drop_confirmation(database::Write& write, std::string_view token_hash);

/// Removes guests' comments that nobody confirmed, made before `until`.
void forget_unconfirmed(database::Write& write, Time until);

}  // namespace kith::talk
