#pragma once

#include "app/commands.hpp"

namespace kith::app {

/// Fills an empty community with people, essays and comments; prints the sign-ins. Refuses one
/// that has members.
void fill_demo(CommandLine& line);

}  // namespace kith::app
