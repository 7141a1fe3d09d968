#pragma once

#include "web/slice.hpp"

namespace kith::gratitude {

/// Gratitude notes: a line a day for oneself. The toy that shows how small a capability is.
[[nodiscard]] web::Slice gratitude_slice();

}  // namespace kith::gratitude
