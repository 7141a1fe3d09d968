#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "database/database.hpp"

namespace kith::database {

/// What is broken in the database, in its own words; empty when it is whole. SQLite reads all of
/// its pages for it; PostgreSQL checks each of its own as it is read.
[[nodiscard]] std::string damage_of(Read& read);

/// Throws if no deed could be kept: a file that is read-only, a standby. Changes nothing.
void check_writable(Database& database);

/// The time of the database's own machine; SQLite has no other than ours.
[[nodiscard]] std::optional<Time> time_of(Read& read);

}  // namespace kith::database
