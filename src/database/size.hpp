#pragma once

#include <cstdint>

#include "database/session.hpp"

namespace kith::database {

/// How many bytes the database takes, its indexes with it; on SQLite without its log.
[[nodiscard]] std::int64_t size_of_database(Read& read);

}  // namespace kith::database
