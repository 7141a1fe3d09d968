#pragma once

#include <string>
#include <vector>

#include "web/route.hpp"

namespace kith::web {

/// The API's description (OpenAPI 3.1) made from the routes and the types they take and show.
[[nodiscard]] std::string open_api(std::vector<Route> const& routes, std::string_view title);

}  // namespace kith::web
