#pragma once

#include <optional>

#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::upkeep {

/// How many people could be found and aren't in the index of the search: an older community's is
/// made by `kith search reindex`, for them as for all else.
[[nodiscard]] std::int64_t people_missing_from_search(database::Read& read, Viewer const& viewer);

/// The latest moment of the record of deeds, if there is one.
[[nodiscard]] std::optional<Time> newest_moment(database::Read& read, Viewer const& viewer);

}  // namespace kith::upkeep
