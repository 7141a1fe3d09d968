#pragma once

#include <cstdint>
#include <string>

namespace kith::database {

/// How much a copy of a database holds.
struct CopySize {
    std::int64_t tables = 0;
    std::int64_t rows = 0;
};

/// Reads the whole SQLite file `path`, its indexes and references too, and counts what it holds;
/// throws std::runtime_error where something isn't whole. The file stays as it is.
[[nodiscard]] CopySize check_copy(std::string const& path);

/// Whether no table is there yet in the PostgreSQL database at `url`.
[[nodiscard]] bool holds_nothing(std::string const& url);

}  // namespace kith::database
