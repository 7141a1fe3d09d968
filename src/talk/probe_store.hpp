#pragma once

#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::talk {

/// Some comments of each standing, some pictures, polls and discussions: what the probes of routes
/// are made of.
[[nodiscard]] std::vector<PublicId> some_comments(database::Read& read, Viewer const& viewer);
[[nodiscard]] std::vector<PublicId> some_pictures(database::Read& read, Viewer const& viewer);
[[nodiscard]] std::vector<PublicId> some_polls(database::Read& read, Viewer const& viewer);
[[nodiscard]] std::vector<PublicId> some_discussions(database::Read& read, Viewer const& viewer);

}  // namespace kith::talk
