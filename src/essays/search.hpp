#pragma once

#include "web/search.hpp"

namespace kith::essays {

/// Published essays, for the search of the house.
[[nodiscard]] web::SearchKind search_kind();

}  // namespace kith::essays
