#pragma once

#include <vector>

#include "web/slice.hpp"

namespace kith::essays {

/// `kith import essay`: brings an essay in from a file.
[[nodiscard]] std::vector<web::DeclareCommand> essay_commands();

}  // namespace kith::essays
