#pragma once
// The tables that hold what people wrote, as the schema itself tells them, so that what goes
// through all of them needs to know of no room. Only database/*.cpp includes this.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "database/connection.hpp"

namespace kith::database {

struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::text;
    bool boolean = false;
    std::int64_t key = 0;  ///< its place in the primary key, from 1; 0 outside
};

struct Table {
    std::string name;
    std::vector<Column> columns;  ///< by name, so that both engines tell the same

    /// Its columns by which rows are ordered: those of the key, or all.
    [[nodiscard]] std::vector<Column> order() const;
    /// The one whole number that is its key, if it has such a key.
    [[nodiscard]] std::optional<std::string> number_key() const;
};

/// The names of those that tables_of() tells.
[[nodiscard]] std::vector<std::string> names_of_tables(Connection& connection);
/// Every table but the record of migrations and the index of the search, by name. Throws
/// std::runtime_error for a column of a kind that the engines don't share.
[[nodiscard]] std::vector<Table> tables_of(Connection& connection);

/// How many rows of a SQLite table hold a value of another kind than its column's, which SQLite
/// lets be and PostgreSQL couldn't take.
[[nodiscard]] std::int64_t count_misfits(Connection& connection, Table const& table);

[[nodiscard]] std::int64_t count_rows(Connection& connection, std::string const& table);

/// How many tables and views there are, whosesoever.
[[nodiscard]] std::int64_t count_all_tables(Connection& connection);

/// A name as a statement takes it.
[[nodiscard]] std::string quoted(std::string const& name);

/// The rows of a table in the order of its key, the same on both engines. In a transaction.
class RowReader {
public:
    RowReader(Connection& connection, Table const& table);
    ~RowReader();
    RowReader(RowReader const&) = delete;
    RowReader& operator=(RowReader const&) = delete;

    [[nodiscard]] bool next();
    [[nodiscard]] std::span<Cell> row();

private:
    [[nodiscard]] bool fetch();

    Connection& connection_;
    std::unique_ptr<Statement> statement_;
    bool begun_ = false;
    std::size_t fetched_ = 0;
};

/// Puts rows into a table as they are, their keys too.
class RowWriter {
public:
    RowWriter(Connection& connection, Table const& table);
    void add(std::span<Cell const> row);

private:
    std::vector<std::string> names_;
    std::vector<Bind> binds_;
    std::unique_ptr<Statement> statement_;
};

}  // namespace kith::database
