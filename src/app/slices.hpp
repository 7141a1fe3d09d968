#pragma once

#include <vector>

#include "web/slice.hpp"

namespace kith::app {

/// Every capability of Kith, one line each.
[[nodiscard]] std::vector<web::Slice> all_slices();

}  // namespace kith::app
