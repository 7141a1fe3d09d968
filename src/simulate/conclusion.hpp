#pragma once

#include <string>
#include <vector>

#include "simulate/report.hpp"

namespace kith::simulate {

/// What a host may conclude from the report, one thing a sentence or two: whether the server did
/// its part, whether the machine is large enough, and what the two settings changed.
[[nodiscard]] std::vector<std::string> conclusions(Report const& report);

/// "12,345"
[[nodiscard]] std::string grouped(std::int64_t value);

}  // namespace kith::simulate
