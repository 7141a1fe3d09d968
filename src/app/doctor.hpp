#pragma once

#include <vector>

#include "app/commands.hpp"
#include "upkeep/findings.hpp"

namespace kith::app {

/// `kith doctor`: looks at everything that a host of a server looks after, changes nothing, and
/// says what to do.
void declare_doctor(CLI::App& root, CommandLine& line);

/// What there is to find, in the order in which it is told. Where something is broken, what
/// stands on it isn't looked at.
[[nodiscard]] std::vector<upkeep::Finding> examine(CommandLine& line);

}  // namespace kith::app
