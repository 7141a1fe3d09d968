#pragma once

#include <filesystem>

#include "app/import_model.hpp"

namespace kith::app {

/// Reads what `mongoexport --collection objects` writes of a NodeBB: one JSON object a line. Only
/// what every member there could read comes along: see docs/moving.md. Throws CommandRefused when
/// the file isn't one.
[[nodiscard]] ImportForum read_nodebb(std::filesystem::path const& path, ImportReport& report);

}  // namespace kith::app
