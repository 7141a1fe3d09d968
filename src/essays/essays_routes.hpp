#pragma once

#include <vector>

#include "web/route.hpp"
#include "web/slice.hpp"

namespace kith::essays {

[[nodiscard]] std::vector<web::Route> essays_routes();
/// How the non-interference test reaches each of them.
[[nodiscard]] std::vector<web::Probe> essays_probes();

}  // namespace kith::essays
