#include "database/tables.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"

namespace kith::database {
namespace {

struct ColumnRow {
    std::string name;
    std::string type;
    std::int64_t key = 0;
};
BOOST_DESCRIBE_STRUCT(ColumnRow, (), (name, type, key))

constexpr Sql all_names{{
    .sqlite = "select name from pragma_table_list where schema = 'main' and type = 'table'"
              " and name not in ('migrations', 'search_entries')"
              " and substr(name, 1, 7) <> 'sqlite_' order by name",
    .postgres = "select cast(tablename as text) from pg_tables where schemaname = current_schema()"
                " and tablename not in ('migrations', 'search_entries')"
                " order by cast(tablename as text) collate \"C\"",
}};
constexpr Sql columns_of_table{{
    .sqlite = "select name, lower(type), pk from pragma_table_info(:table) order by name",
    .postgres = R"(
        select cast(a.attname as text), lower(format_type(a.atttypid, null)),
               cast(coalesce(array_position(cast(i.indkey as int2[]), a.attnum) + 1, 0) as bigint)
        from pg_attribute a
        left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
        where a.attrelid = cast(quote_ident(:table) as regclass) and a.attnum > 0
          and not a.attisdropped and a.attgenerated = ''
        order by cast(a.attname as text) collate "C")",
}};
constexpr Sql count_all{{
    .sqlite = "select count(*) from sqlite_master",
    .postgres = "select count(*) from pg_class where relkind in ('r', 'p', 'v', 'm', 'f')"
                " and relnamespace = to_regnamespace(current_schema())",
}};

constexpr std::size_t rows_fetched_max = 500;
constexpr auto fetch_rows = "fetch 500 from kith_rows";

Column column_of(std::string const& table, ColumnRow const& row) {
    Column column{row.name, ColumnKind::text, row.type == "boolean", row.key};
    if (column.boolean || row.type == "bigint" || row.type == "integer") {
        column.kind = ColumnKind::integer;
    } else if (row.type == "real" || row.type == "double precision") {
        column.kind = ColumnKind::real;
    } else if (row.type != "text") {
        throw std::runtime_error("the column " + table + "." + row.name + " is of a kind (" +
                                 row.type + ") that can't be moved");
    }
    return column;
}

/// The select list: what the engine would tell in its own way is told as the other tells it.
std::string read_columns(Table const& table) {
    std::string list;
    for (auto const& column : table.columns) {
        list += list.empty() ? "" : ", ";
        list +=
            column.boolean ? "cast(" + quoted(column.name) + " as integer)" : quoted(column.name);
    }
    return list;
}

std::string select_all(Table const& table, Engine engine) {
    std::string order;
    for (auto const& column : table.order()) {
        order += order.empty() ? " order by " : ", ";
        order += quoted(column.name);
        if (engine == Engine::postgres && column.kind == ColumnKind::text) {
            order += " collate \"C\"";
        }
        order += " nulls first";
    }
    return "select " + read_columns(table) + " from " + quoted(table.name) + order;
}

std::int64_t count(Connection& connection, std::string const& from) {
    std::vector<ColumnKind> const kinds{ColumnKind::integer};
    auto const statement = connection.made("select count(*) from " + from, kinds, {});
    return statement->begin({}) ? statement->row().front().integer : 0;
}

std::vector<ColumnKind> kinds_of(Table const& table) {
    std::vector<ColumnKind> kinds;
    for (auto const& column : table.columns) {
        kinds.push_back(column.kind);
    }
    return kinds;
}

}  // namespace

std::string quoted(std::string const& name) {
    bool const plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!plain || name.empty()) {
        throw std::runtime_error("a table or column has a name that isn't Kith's: " + name);
    }
    return "\"" + name + "\"";
}

std::vector<Column> Table::order() const {
    std::vector<Column> key;
    std::copy_if(columns.begin(), columns.end(), std::back_inserter(key),
                 [](Column const& column) { return column.key > 0; });
    std::sort(key.begin(), key.end(),
              [](Column const& one, Column const& other) { return one.key < other.key; });
    return key.empty() ? columns : key;
}

std::optional<std::string> Table::number_key() const {
    auto const key = order();
    bool const one = key.size() == 1 && key.front().key > 0;
    return one && key.front().kind == ColumnKind::integer ? std::optional(key.front().name)
                                                          : std::nullopt;
}

std::vector<std::string> names_of_tables(Connection& connection) {
    Read read(connection);
    return rows<std::string>(read, all_names);
}

std::vector<Table> tables_of(Connection& connection) {
    Read read(connection);
    std::vector<Table> tables;
    for (auto const& name : names_of_tables(connection)) {
        Table table{name, {}};
        for (auto const& row : rows<ColumnRow>(read, columns_of_table, bind("table", name))) {
            table.columns.push_back(column_of(name, row));
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

std::int64_t count_misfits(Connection& connection, Table const& table) {
    if (connection.engine() != Engine::sqlite) return 0;
    std::string misfits;
    for (auto const& column : table.columns) {
        std::string const kind = column.kind == ColumnKind::integer ? "integer"
                                 : column.kind == ColumnKind::real  ? "real"
                                                                    : "text";
        misfits += (misfits.empty() ? "" : " or ") + ("typeof(" + quoted(column.name)) +
                   ") not in ('null', '" + kind + "')";
    }
    return count(connection, quoted(table.name) + " where " + misfits);
}

std::int64_t count_rows(Connection& connection, std::string const& table) {
    return count(connection, quoted(table));
}

std::int64_t count_all_tables(Connection& connection) {
    Read read(connection);
    return number(read, count_all);
}

RowReader::RowReader(Connection& connection, Table const& table) : connection_(connection) {
    auto const select = select_all(table, connection.engine());
    auto const kinds = kinds_of(table);
    if (connection.engine() == Engine::sqlite) {
        statement_ = connection.made(select, kinds, {});
    } else {
        // Else the driver would hold the whole table in memory.
        connection.run("declare kith_rows no scroll cursor for " + select);
        statement_ = connection.made(fetch_rows, kinds, {});
    }
}

RowReader::~RowReader() {
    statement_.reset();
    try {
        if (connection_.engine() == Engine::postgres && !connection_.failure()) {
            connection_.run("close kith_rows");
        }
    } catch (std::exception const&) {
        // The transaction has failed, and the cursor with it.
        return;
    }
}

bool RowReader::fetch() {
    fetched_ = 0;
    begun_ = true;
    return statement_->begin({});
}

bool RowReader::next() {
    bool const on_postgres = connection_.engine() == Engine::postgres;
    bool got = begun_ ? statement_->next() : fetch();
    if (!got && on_postgres && fetched_ == rows_fetched_max) {
        got = fetch();
    }
    ++fetched_;
    return got;
}

std::span<Cell> RowReader::row() { return statement_->row(); }

RowWriter::RowWriter(Connection& connection, Table const& table) {
    std::string columns;
    std::string values;
    names_.reserve(table.columns.size());
    for (auto const& column : table.columns) {
        names_.push_back("v" + std::to_string(names_.size()));
        columns += (columns.empty() ? "" : ", ") + quoted(column.name);
        values += (values.empty() ? ":" : ", :") + names_.back();
        binds_.push_back({names_.back(), {}});
        binds_.back().cell.kind = column.kind;
    }
    statement_ = connection.made(
        "insert into " + quoted(table.name) + " (" + columns + ") values (" + values + ")", {},
        binds_);
}

void RowWriter::add(std::span<Cell const> row) {
    for (std::size_t at = 0; at < row.size(); ++at) {
        binds_[at].name = names_[at];
        binds_[at].cell = row[at];
    }
    static_cast<void>(statement_->begin(binds_));
}

}  // namespace kith::database
