#pragma once

#include <vector>

#include "web/search.hpp"

namespace kith::circles {

/// Circles and conversations, for the search of the house.
[[nodiscard]] std::vector<web::SearchKind> search_kinds();

}  // namespace kith::circles
