#pragma once

#include <optional>

#include "circles/circles_store.hpp"
#include "circles/conversations_store.hpp"
#include "web/call.hpp"

namespace kith::circles {

/// The conversation of the path's {id} with its circle, as the viewer may read them; else not
/// found.
struct Spoken {
    CircleRow circle;
    ConversationRow conversation;
};
[[nodiscard]] Spoken spoken_in(web::Call const& call, database::Read& read);

/// When the viewer may write here again, where keepers have slowed it down; none: now.
[[nodiscard]] std::optional<Time> next_words_at(web::Call const& call,
                                                ConversationRow const& conversation);

}  // namespace kith::circles
