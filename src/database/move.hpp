#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "database/migrator.hpp"

namespace kith::database {

/// A community on its way from one engine to the other.
struct Move {
    std::string from;  ///< the address of a database that is up to date and in nobody's use
    std::string to;    ///< the address of an empty one, of the other engine
    std::vector<Migration> migrations;
    std::string job_after;  ///< the kind of a job that is queued there: it makes the index anew
    Time now{};
};

/// A table as it stands on both sides.
struct MovedTable {
    std::string name;
    std::int64_t rows = 0;
    std::string hash;  ///< SHA-256 over its rows in the order of its key, in hexadecimal digits
    bool operator==(MovedTable const&) const = default;
};

/// Copies every row of every table, reads them again from where they came to, and compares. Throws
/// std::runtime_error with a sentence, and then leaves the target as empty as it was; the source
/// stays as it is in any case. A SQLite file that the target would be must not be there yet.
std::vector<MovedTable> move_rows(Move const& move);

}  // namespace kith::database
