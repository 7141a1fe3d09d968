#pragma once

#include <vector>

#include "web/slice.hpp"

namespace kith::members {

/// `kith member …`: what a host does with accounts where no browser is at hand.
[[nodiscard]] std::vector<web::DeclareCommand> member_commands();

}  // namespace kith::members
