#pragma once

#include <iosfwd>
#include <string>

#include "app/settings.hpp"

namespace CLI {
class App;
}

namespace kith::app {

class CommandLine;

/// Moves the community of `settings` to `to`, a PostgreSQL address or a directory for SQLite, and
/// says what is left to do. Throws CommandRefused; then `to` is as it was, and the community too.
void move_community(Settings const& settings, std::string const& to, std::ostream& out);

/// `kith move`.
void declare_move(CLI::App& root, CommandLine& line);

}  // namespace kith::app
