#pragma once

#include <string_view>
#include <vector>

#include "web/unanswered.hpp"

namespace kith::circles {

/// The kind of words that a conversation begins with, where nobody has answered them.
inline constexpr std::string_view waiting_kind = "conversation";

/// What waits for an answer in the circles that somebody keeps.
[[nodiscard]] std::vector<web::Unanswered> unanswered();

}  // namespace kith::circles
