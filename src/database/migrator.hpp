#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/resource.hpp"
#include "database/database.hpp"

namespace kith::database {

/// One step of the schema, never changed once it was released: "20261122_0100_members".
struct Migration {
    std::string name;
    std::string sql;  ///< see sql_script.hpp for what its text may say
};

/// The files migrations/*.sql of a slice.
[[nodiscard]] std::vector<Migration> migrations_of(std::span<Resource const> resources);

/// Whether an older program can serve while this step is done and after: on PostgreSQL it only adds
/// tables, indexes, and columns that needn't be filled. A line `-- not beside an older Kith` says
/// no where such a step brings a protection that the older one wouldn't keep.
[[nodiscard]] bool serves_beside_older(Migration const& migration);

/// Those of the pending steps that an older program can't serve beside, in order.
[[nodiscard]] std::vector<std::string> steps_apart(Database& database,
                                                   std::vector<Migration> const& known);

/// The names of those in `known` that `database` hasn't had yet, in order. Throws
/// std::runtime_error if it has had one that isn't known, a newer Kith has been here; but for one
/// that older nodes can serve beside.
[[nodiscard]] std::vector<std::string> pending_migrations(Database& database,
                                                          std::vector<Migration> const& known);
[[nodiscard]] std::vector<std::string> pending_migrations(Read& read,
                                                          std::vector<Migration> const& known);

/// How many steps the database has had; more than a program knows where a newer one is beside it.
[[nodiscard]] std::int64_t steps_done(Read& read);

/// Brings `database` up to `known`: what is pending, by name, a transaction each, one process at a
/// time. Returns the names of those done now. Throws std::runtime_error that names the migration
/// that failed; the ones before it stay.
std::vector<std::string> migrate(Database& database, std::vector<Migration> known);

}  // namespace kith::database
