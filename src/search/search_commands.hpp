#pragma once

#include <vector>

#include "web/slice.hpp"

namespace kith::search {

/// `kith search reindex`.
[[nodiscard]] std::vector<web::DeclareCommand> search_commands();

/// Makes the index anew from what the rooms hold, a few things in each deed; gives how many deeds
/// it took.
std::size_t reindex(web::Site& site);

}  // namespace kith::search
