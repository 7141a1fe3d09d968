#pragma once

#include "web/slice.hpp"

namespace kith {

/// What the host looks after besides people: jobs, room, backups. Holds nothing of anybody's.
[[nodiscard]] web::Slice upkeep_slice();

}  // namespace kith
