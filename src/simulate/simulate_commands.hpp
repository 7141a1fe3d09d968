#pragma once

#include <vector>

#include "web/slice.hpp"

namespace kith::simulate {

/// `kith simulate`
[[nodiscard]] std::vector<web::DeclareCommand> simulate_commands();

}  // namespace kith::simulate
