#pragma once

#include "web/slice.hpp"

namespace kith::distance {

/// At one's own pace: keeping distance from someone, and muting them. Nobody is ever told.
[[nodiscard]] web::Slice distance_slice();

}  // namespace kith::distance
