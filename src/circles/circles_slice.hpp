#pragma once

#include "web/slice.hpp"

namespace kith {

/// Circles: who belongs together, how they come in and leave, and what they say to each other.
[[nodiscard]] web::Slice circles_slice();

}  // namespace kith
