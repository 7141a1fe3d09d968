#pragma once

#include "web/slice.hpp"

namespace kith::app {

/// The front door: "/" (Today, or a welcome for strangers), health, metrics, the API's description.
[[nodiscard]] web::Slice home_slice();

}  // namespace kith::app
