#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kith::web {

/// Every time zone that names a place ("Europe/Berlin") and UTC, by name.
[[nodiscard]] std::vector<std::string> const& all_zones();
/// Whether `zone` is one of them.
[[nodiscard]] bool is_zone(std::string_view zone);

}  // namespace kith::web
