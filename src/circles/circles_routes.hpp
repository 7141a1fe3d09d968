#pragma once

#include <vector>

#include "web/slice.hpp"

namespace kith::circles {

[[nodiscard]] std::vector<web::Route> circles_routes();
[[nodiscard]] std::vector<web::Probe> circles_probes();

}  // namespace kith::circles
