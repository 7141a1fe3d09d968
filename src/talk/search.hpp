#pragma once

#include "web/search.hpp"

namespace kith::talk {

/// Comments, for the search of the house.
[[nodiscard]] web::SearchKind search_kind();

}  // namespace kith::talk
