#pragma once

#include "web/slice.hpp"

namespace kith {

/// Looking for what the rooms hold, each by its own SearchKind. Holds nothing of anybody's itself.
[[nodiscard]] web::Slice search_slice();

}  // namespace kith
