#pragma once

#include "web/search.hpp"

namespace kith::members {

/// People who chose to be listed and who lead, for the search of the house.
[[nodiscard]] web::SearchKind search_kind();

}  // namespace kith::members
