#pragma once

#include <string>

#include "database/sql.hpp"

namespace kith::database {

/// Where a database is, taken apart.
struct Address {
    Engine engine = Engine::sqlite;
    std::string target;  ///< SQLite: the file's path; PostgreSQL: the whole URL
};

/// The address in "sqlite:///path/kith.db" or "postgresql://user@host:port/name"; throws
/// std::runtime_error with a sentence for anything else.
[[nodiscard]] Address address_of(std::string const& url);

/// What a session is for; one for reading can't write, one for checking leaves the file as it is.
enum class Purpose { reading, writing, checking };

}  // namespace kith::database
