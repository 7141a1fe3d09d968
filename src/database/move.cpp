#include "database/move.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "base/text.hpp"
#include "database/bell.hpp"
#include "database/jobs.hpp"
#include "database/tables.hpp"

namespace kith::database {
namespace {

namespace fs = std::filesystem;

constexpr Sql other_sessions =
    "select count(*) from pg_stat_activity where datname = current_database()"
    " and pid <> pg_backend_pid()"
    " and backend_type = 'client backend'";
constexpr Sql broken_references = "select count(*) from pragma_foreign_key_check()";
constexpr Sql whole = "pragma integrity_check";
constexpr Sql all_references = R"(
    select cast(t.relname as text), cast(c.conname as text),
           case when not c.condeferrable then 'not deferrable'
                when c.condeferred then 'deferrable initially deferred'
                else 'deferrable initially immediate' end
    from pg_constraint c join pg_class t on t.oid = c.conrelid
    where c.contype = 'f' and c.connamespace = to_regnamespace(current_schema())
    order by 1, 2)";
constexpr Sql all_views =
    "select cast(viewname as text) from pg_views where schemaname = current_schema()";
constexpr Sql all_tables =
    "select cast(tablename as text) from pg_tables where schemaname = current_schema()";

constexpr auto in_use =
    "The community is in use: stop its server and whatever else has its database open, then move "
    "it.";

struct Reference {
    std::string table;
    std::string name;
    std::string checked;  ///< when: as the schema says it
};
BOOST_DESCRIBE_STRUCT(Reference, (), (table, name, checked))

/// Takes rows in, and gives the hash of all of them.
class RowHash {
public:
    RowHash() { crypto_hash_sha256_init(&state_); }

    void add(std::span<Cell const> row) {
        for (auto const& cell : row) {
            add(cell);
        }
        ++rows_;
    }
    [[nodiscard]] MovedTable of(std::string name) {
        std::array<unsigned char, crypto_hash_sha256_BYTES> sum{};
        crypto_hash_sha256_final(&state_, sum.data());
        std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
        sodium_bin2hex(hex.data(), hex.size(), sum.data(), sum.size());
        return {std::move(name), rows_, hex.data()};
    }

private:
    void add(Cell const& cell) {
        if (cell.null) {
            return bytes("n");
        }
        switch (cell.kind) {
            case ColumnKind::integer: return bytes("i" + std::to_string(cell.integer) + ";");
            case ColumnKind::real: {
                std::array<char, sizeof(double)> real{};
                std::memcpy(real.data(), &cell.real, sizeof(double));
                return bytes("r" + std::string(real.data(), real.size()));
            }
            case ColumnKind::text: {
                return bytes("t" + std::to_string(cell.text.size()) + ":" + cell.text);
            }
        }
    }
    void bytes(std::string_view bytes) {
        crypto_hash_sha256_update(&state_, reinterpret_cast<unsigned char const*>(bytes.data()),
                                  bytes.size());
    }

    crypto_hash_sha256_state state_{};
    std::int64_t rows_ = 0;
};

bool is_sqlite(Connection const& connection) { return connection.engine() == Engine::sqlite; }

/// Begins to read, so that nobody writes meanwhile; refuses where a server is at work.
void begin_source(Connection& source, std::vector<Table> const& tables) {
    if (is_sqlite(source)) return;
    Read read(source);
    if (number(read, other_sessions) != 0) throw std::runtime_error(in_use);
    source.run("set idle_in_transaction_session_timeout = 0");
    source.run("begin isolation level repeatable read");
    for (auto const& table : tables)
        source.run("lock table " + quoted(table.name) + " in share mode");
}

/// With this lock no other session can have the file open, not even one that rests.
void lock_whole_file(Connection& source) {
    if (!is_sqlite(source)) return;
    try {
        source.run(
            "pragma busy_timeout=1000; pragma locking_mode=exclusive; pragma user_version;"
            "begin exclusive");
    } catch (DatabaseError const& error) {
        if (std::string_view(error.what()).find("locked") == std::string_view::npos) throw;
        throw std::runtime_error(in_use);
    }
}

void refuse_old_source(Connection& source, std::vector<Migration> const& known) {
    Read read(source);
    if (!pending_migrations(read, known).empty())
        throw std::runtime_error("The community's database waits for: kith upgrade");
}

void refuse_filled_target(Address const& target) {
    if (target.engine == Engine::sqlite) {
        if (fs::exists(target.target))
            throw std::runtime_error(target.target + " is there already.");
        return;
    }
    Connection connection(target, Purpose::reading);
    if (count_all_tables(connection) != 0)
        throw std::runtime_error(
            "The database named with --to holds something already: name an empty one.");
}

/// Takes away what the migrations made, of a target that was empty before.
void clear(Address const& target) {
    if (target.engine == Engine::sqlite) {
        std::error_code ignored;
        for (auto const* ending : {"", "-wal", "-shm"}) fs::remove(target.target + ending, ignored);
        return;
    }
    Connection connection(target, Purpose::writing);
    Read read(connection);
    for (auto const& name : rows<std::string>(read, all_views))
        connection.run("drop view if exists " + quoted(name) + " cascade");
    for (auto const& name : rows<std::string>(read, all_tables))
        connection.run("drop table if exists " + quoted(name) + " cascade");
}

void require_same_schema(std::vector<Table> const& from, std::vector<Table> const& to) {
    auto const same_column = [](Column const& one, Column const& other) {
        return one.name == other.name && one.kind == other.kind && one.key == other.key;
    };
    bool const same = std::equal(
        from.begin(), from.end(), to.begin(), to.end(), [&](Table const& one, Table const& other) {
            return one.name == other.name &&
                   std::equal(one.columns.begin(), one.columns.end(), other.columns.begin(),
                              other.columns.end(), same_column);
        });
    if (!same) throw std::runtime_error("The tables of the two databases aren't the same.");
}

/// References are checked at the end, as rows come table by table.
std::vector<Reference> begin_target(Connection& target) {
    if (is_sqlite(target)) {
        target.run("pragma foreign_keys=off; begin exclusive");
        return {};
    }
    target.run("set idle_in_transaction_session_timeout = 0; begin");
    Read read(target);
    auto references = rows<Reference>(read, all_references);
    for (auto const& each : references)
        target.run("alter table " + quoted(each.table) + " alter constraint " + quoted(each.name) +
                   " deferrable initially deferred");
    return references;
}

void check_references(Connection& target, std::vector<Reference> const& references) {
    if (is_sqlite(target)) {
        Read read(target);
        if (number(read, broken_references) != 0)
            throw std::runtime_error("The community has rows that point to nothing.");
        return;
    }
    target.run("set constraints all immediate");
    for (auto const& each : references)
        target.run("alter table " + quoted(each.table) + " alter constraint " + quoted(each.name) +
                   " " + each.checked);
}

void refuse_broken_text(Table const& table, std::span<Cell const> row, std::int64_t number) {
    for (auto const& cell : row) {
        bool const text = cell.kind == ColumnKind::text && !cell.null;
        if (text && (!valid_utf8(cell.text) || cell.text.find('\0') != std::string::npos))
            throw std::runtime_error("The table " + table.name +
                                     " holds text that isn't UTF-8, in row " +
                                     std::to_string(number) + " of its order.");
    }
}

MovedTable copy(Connection& from, Connection& to, Table const& table) {
    if (count_misfits(from, table) != 0)
        throw std::runtime_error("The table " + table.name +
                                 " holds a value of another kind than its column's.");
    RowHash hash;
    RowReader reader(from, table);
    RowWriter writer(to, table);
    for (std::int64_t number = 1; reader.next(); ++number) {
        refuse_broken_text(table, reader.row(), number);
        hash.add(reader.row());
        writer.add(reader.row());
    }
    return hash.of(table.name);
}

MovedTable hash_of(Connection& connection, Table const& table) {
    RowHash hash;
    for (RowReader reader(connection, table); reader.next();) hash.add(reader.row());
    return hash.of(table.name);
}

/// What SQLite answers to a checkpoint.
struct Checkpoint {
    std::int64_t busy = 0;
    std::int64_t in_log = 0;
    std::int64_t moved = 0;
};
BOOST_DESCRIBE_STRUCT(Checkpoint, (), (busy, in_log, moved))

/// New rows get keys after those that came along. A key that no sequence makes has none to set.
void set_sequence(Connection& target, Table const& table) {
    auto const key = table.number_key();
    if (is_sqlite(target) || !key) return;
    target.run("select setval(pg_get_serial_sequence('" + quoted(table.name) + "', '" + *key +
               "'), greatest(max(" + quoted(*key) + "), 1), count(*) > 0) from " +
               quoted(table.name));
}

/// All that was written is in the file itself: what would be put there as the connection closes
/// could meet a full disk, and nobody would be told.
void empty_log(Connection& target) {
    if (!is_sqlite(target)) return;
    constexpr Sql checkpoint = "pragma wal_checkpoint(truncate)";
    Read read(target);
    if (one<Checkpoint>(read, checkpoint).busy != 0)
        throw std::runtime_error("The new database can't be written whole.");
}

std::vector<MovedTable> copy_all(Connection& from, Connection& to, std::vector<Table> const& tables,
                                 Move const& move) {
    auto const references = begin_target(to);
    for (auto const& table : tables) to.run("delete from " + quoted(table.name));
    std::vector<MovedTable> moved;
    moved.reserve(tables.size());
    for (auto const& table : tables) moved.push_back(copy(from, to, table));
    check_references(to, references);
    for (std::size_t at = 0; at < tables.size(); ++at) {
        if (hash_of(to, tables[at]) != moved[at])
            throw std::runtime_error("The table " + tables[at].name +
                                     " isn't the same on both sides.");
        set_sequence(to, tables[at]);
    }
    Bell nobody;
    Write write(to, nobody);
    if (!move.job_after.empty()) enqueue(write, move.job_after, "", move.now);
    to.run("commit");
    Read read(to);
    if (is_sqlite(to) && rows<std::string>(read, whole) != std::vector<std::string>{"ok"})
        throw std::runtime_error("The new database isn't whole.");
    empty_log(to);
    return moved;
}

std::vector<MovedTable> fill(Connection& source, std::vector<Table> const& tables,
                             Move const& move) {
    {
        Database fresh({.url = move.to, .readers = 1, .writers = 1});
        migrate(fresh, move.migrations);
    }
    Connection target(address_of(move.to), Purpose::writing);
    require_same_schema(tables, tables_of(target));
    return copy_all(source, target, tables, move);
}

}  // namespace

std::vector<MovedTable> move_rows(Move const& move) {
    auto const from = address_of(move.from);
    auto const to = address_of(move.to);
    if (from.engine == Engine::sqlite && !fs::exists(from.target))
        throw std::runtime_error("There is no community at " + from.target + ".");
    refuse_filled_target(to);
    Connection source(from, from.engine == Engine::sqlite ? Purpose::checking : Purpose::writing);
    lock_whole_file(source);
    refuse_old_source(source, move.migrations);
    auto const tables = tables_of(source);
    begin_source(source, tables);
    try {
        return fill(source, tables, move);
    } catch (std::exception const&) {
        clear(to);
        throw;
    }
}

}  // namespace kith::database
