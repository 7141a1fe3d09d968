#include <sqlite3.h>

#include <stdexcept>

#include "base/limits.hpp"
#include "database/drivers.hpp"

namespace kith::database::sqlite {
namespace {

Fault fault_of(int code, Purpose purpose) {
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return Fault::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return Fault::foreign_key;
        default: break;
    }
    constexpr int primary = 0xff;
    switch (code & primary) {
        case SQLITE_CONSTRAINT: return Fault::constraint;
        case SQLITE_READONLY: return purpose == Purpose::reading ? Fault::other : Fault::storage;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_FULL:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
        case SQLITE_NOTADB: return Fault::storage;
        default: return Fault::other;
    }
}

[[noreturn]] void fail(sqlite3* database, Purpose purpose, std::string const& what = {}) {
    auto const* const why = database == nullptr ? "out of memory" : sqlite3_errmsg(database);
    auto const code = database == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(database);
    throw DatabaseError(fault_of(code, purpose), what.empty() ? why : what + ": " + why);
}

extern "C" int keep_log_pages(void* pages, sqlite3*, char const*, int now) {
    *static_cast<int*>(pages) = now;
    return SQLITE_OK;
}

/// Once, before the engine is used: nobody asks how much memory all sessions take together, and
/// counting it is a lock that every statement waited for.
void configure() {
    [[maybe_unused]] static bool const done =
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
}

class SqliteStatement final : public Statement {
public:
    SqliteStatement(sqlite3* database, Purpose purpose, std::string_view sql,
                    std::span<ColumnKind const> columns, std::span<Bind const> binds)
        : Statement(sql, columns, binds),
          database_(database),
          purpose_(purpose),
          statement_(nullptr, sqlite3_finalize) {
        sqlite3_stmt* made = nullptr;
        auto const result = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                               SQLITE_PREPARE_PERSISTENT, &made, nullptr);
        statement_.reset(made);
        if (result != SQLITE_OK) {
            fail(database_, purpose_);
        }
        check_columns(static_cast<std::size_t>(sqlite3_column_count(made)));
        for (auto const& name : names()) {
            places_.push_back(sqlite3_bind_parameter_index(made, (":" + name).c_str()));
        }
    }

    bool next() override {
        auto const result = sqlite3_step(statement_.get());
        if (result == SQLITE_ROW) {
            read_row();
            return true;
        }
        // The error's own words are gone once the statement is reset.
        if (result != SQLITE_DONE) {
            fail(database_, purpose_);
        }
        end();
        return false;
    }

    void end() noexcept override { sqlite3_reset(statement_.get()); }

    std::size_t rows_changed() override {
        return static_cast<std::size_t>(sqlite3_changes(database_));
    }

private:
    bool run() override {
        for (std::size_t at = 0; at < places_.size(); ++at) {
            if (bind_value(places_[at], in()[at]) != SQLITE_OK) {
                fail(database_, purpose_);
            }
        }
        return next();
    }

    /// The text stays where it is until the statement has ended.
    int bind_value(int place, Cell const& cell) {
        auto* const statement = statement_.get();
        if (cell.null) {
            return sqlite3_bind_null(statement, place);
        }
        switch (cell.kind) {
            case ColumnKind::integer: return sqlite3_bind_int64(statement, place, cell.integer);
            case ColumnKind::real: return sqlite3_bind_double(statement, place, cell.real);
            case ColumnKind::text:
                return sqlite3_bind_text64(statement, place, cell.text.data(), cell.text.size(),
                                           SQLITE_STATIC, SQLITE_UTF8);
        }
        throw std::logic_error("a value of no kind");
    }

    // The value itself, not sqlite3_column_text() and the like, each of which looks for it anew and
    // locks its session: it may be read so by one thread, and a session is one thread's.
    void read_row() {
        int column = 0;
        for (auto& cell : row()) {
            auto* const value = sqlite3_column_value(statement_.get(), column++);
            if (cell.kind == ColumnKind::text) {
                read_text(cell, value);
            } else {
                read_number(cell, value);
            }
        }
    }

    static void read_text(Cell& cell, sqlite3_value* value) {
        auto const* const bytes = sqlite3_value_text(value);
        cell.null = bytes == nullptr;
        if (!cell.null) {
            auto const size = static_cast<std::size_t>(sqlite3_value_bytes(value));
            cell.text.assign(reinterpret_cast<char const*>(bytes), size);
        } else if (sqlite3_value_type(value) != SQLITE_NULL) {
            throw DatabaseError(Fault::storage, "out of memory");
        }
    }

    static void read_number(Cell& cell, sqlite3_value* value) {
        cell.null = sqlite3_value_type(value) == SQLITE_NULL;
        if (cell.kind == ColumnKind::integer) {
            cell.integer = sqlite3_value_int64(value);
        } else {
            cell.real = sqlite3_value_double(value);
        }
    }

    sqlite3* database_;
    Purpose purpose_;
    std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement_;
    std::vector<int> places_;  ///< of each name
};

using Database = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

/// What a host can do about a file that doesn't open.
[[noreturn]] void fail_to_open(std::string const& path, int code, std::string const& said) {
    constexpr int primary = 0xff;
    std::string cure;
    if (code == SQLITE_IOERR_SHMSIZE || code == SQLITE_IOERR_WRITE ||
        (code & primary) == SQLITE_FULL) {
        cure = ". Look whether its disk is full";
    } else if ((code & primary) == SQLITE_CANTOPEN || (code & primary) == SQLITE_READONLY) {
        cure = ". Look whether its directory is there, and whether this user may write there";
    }
    throw DatabaseError(fault_of(code, Purpose::writing), path + ": " + said + cure);
}

/// A session is one thread's at a time: SQLite need not lock it at each call.
Database open(std::string const& path) {
    configure();
    sqlite3* opened = nullptr;
    int const result =
        sqlite3_open_v2(path.c_str(), &opened,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(opened, sqlite3_close);
    if (result != SQLITE_OK) {
        fail_to_open(path, SQLITE_CANTOPEN, "it can't be opened");
    }
    sqlite3_extended_result_codes(opened, 1);
    return database;
}

void wait_for_locks(sqlite3* database) {
    auto const wait = std::chrono::milliseconds(limits::lock_wait_max);
    sqlite3_busy_timeout(database, static_cast<int>(wait.count()));
}

}  // namespace

Session::Session(Address const& address, Purpose purpose)
    : database_(open(address.target)), purpose_(purpose) {
    wait_for_locks(handle());
    if (purpose == Purpose::checking) {
        return;
    }
    bool const writes = purpose == Purpose::writing;
    auto script =
        "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;"
        "pragma temp_store=memory; pragma wal_autocheckpoint=0;"
        "pragma cache_size=-" +
        std::to_string((writes ? limits::writing_cache_bytes : limits::page_cache_bytes) / 1024) +
        "; pragma mmap_size=" + std::to_string(writes ? 0 : limits::mapped_bytes_max);
    if (purpose == Purpose::reading) {
        script += "; pragma query_only=on";
    }
    if (sqlite3_exec(handle(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail_to_open(address.target, sqlite3_extended_errcode(handle()), sqlite3_errmsg(handle()));
    }
}

std::unique_ptr<Statement> Session::prepare(std::string_view sql,
                                            std::span<ColumnKind const> columns,
                                            std::span<Bind const> binds) {
    return std::make_unique<SqliteStatement>(handle(), purpose_, sql, columns, binds);
}

void Session::run(std::string const& script) {
    if (sqlite3_exec(handle(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(handle(), Purpose::writing, script.substr(0, 80));
    }
}

bool Session::in_transaction() { return sqlite3_get_autocommit(handle()) == 0; }

bool Session::broken_references() {
    int now = 0;
    int highest = 0;
    sqlite3_db_status(handle(), SQLITE_DBSTATUS_DEFERRED_FKS, &now, &highest, 0);
    return now != 0;
}

int Session::checkpoint(Cut cut) {
    constexpr int wait_for_readers_milliseconds = 50;
    int in_log = 0;
    int moved = 0;
    if (cut == Cut::yes) {
        sqlite3_busy_timeout(handle(), wait_for_readers_milliseconds);
    }
    // Failing is no harm: the log stays, and the next checkpoint tries again.
    sqlite3_wal_checkpoint_v2(
        handle(), nullptr, cut == Cut::yes ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
        &in_log, &moved);
    if (cut == Cut::yes) {
        wait_for_locks(handle());
    }
    return std::max(0, in_log - moved);
}

void Session::watch_log(int& pages) { sqlite3_wal_hook(handle(), keep_log_pages, &pages); }

std::int64_t Session::outside_changes() {
    SqliteStatement version(handle(), purpose_, "pragma data_version",
                            detail::columns_of<std::int64_t>, {});
    if (!version.begin({})) {
        throw std::logic_error("a database without a version");
    }
    return version.row().front().integer;
}

void Session::copy_to(std::string const& path) {
    auto const copy = open(path);
    auto* const backup = sqlite3_backup_init(copy.get(), "main", handle(), "main");
    if (backup == nullptr) {
        fail(copy.get(), Purpose::writing, "cannot copy to " + path);
    }
    // One step for all of it: the copy is of one moment, and writers need not wait (WAL).
    sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK) {
        fail(copy.get(), Purpose::writing, "cannot copy to " + path);
    }
    // The copy is one file, whole by itself.
    sqlite3_exec(copy.get(), "pragma journal_mode=delete", nullptr, nullptr, nullptr);
}

}  // namespace kith::database::sqlite
