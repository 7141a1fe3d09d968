#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace kith::app {

/// Runs `kith` with `words` (without the program's name). Gives the exit status: 0 done, 1 refused
/// or failed with a sentence on `errors`, 2 wrong usage or an unreadable configuration.
[[nodiscard]] int run_command_line(std::vector<std::string> words, std::istream& in,
                                   std::ostream& out, std::ostream& errors);

}  // namespace kith::app
