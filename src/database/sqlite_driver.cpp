// <soci/sqlite3/soci-sqlite3.h> includes <sqlite3.h> inside a namespace; never include both.
#include <soci/sqlite3/soci-sqlite3.h>

#include <memory>

#include "base/limits.hpp"
#include "database/drivers.hpp"

namespace kith::database::sqlite {
namespace {

namespace api = ::sqlite_api;

api::sqlite3* handle(soci::session& session) {
    return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

Fault fault_of(int code, Purpose purpose) {
    constexpr int primary = 0xff;
    constexpr int constraint_unique = 19 | (8 << 8);
    constexpr int constraint_primary_key = 19 | (6 << 8);
    constexpr int constraint_rowid = 19 | (10 << 8);
    constexpr int constraint_foreign_key = 19 | (3 << 8);
    switch (code) {
        case constraint_unique:
        case constraint_primary_key:
        case constraint_rowid: return Fault::unique;
        case constraint_foreign_key: return Fault::foreign_key;
        default: break;
    }
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

extern "C" int keep_log_pages(void* pages, api::sqlite3*, char const*, int now) {
    *static_cast<int*>(pages) = now;
    return SQLITE_OK;
}

std::int64_t pragma_number(soci::session& session, char const* pragma) {
    long long value = 0;
    session << pragma, soci::into(value);
    return value;
}

/// Once, before the engine is used: nobody asks how much memory all sessions take together, and
/// counting it is a lock that every statement waited for.
void configure() {
    [[maybe_unused]] static bool const done =
        api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
}

[[noreturn]] void fail(api::sqlite3* database, std::string const& what) {
    throw DatabaseError(fault_of(api::sqlite3_extended_errcode(database), Purpose::writing),
                        what + ": " + api::sqlite3_errmsg(database));
}

/// What a host can do about a file that doesn't open.
[[noreturn]] void fail_to_open(Address const& address, int code, std::string const& said) {
    constexpr int io_log_index_size = 10 | (19 << 8);
    constexpr int io_write = 10 | (3 << 8);
    constexpr int primary = 0xff;
    std::string cure;
    if (code == io_log_index_size || code == io_write || (code & primary) == SQLITE_FULL) {
        cure = ". Look whether its disk is full";
    } else if ((code & primary) == SQLITE_CANTOPEN || (code & primary) == SQLITE_READONLY) {
        cure = ". Look whether its directory is there, and whether this user may write there";
    }
    throw DatabaseError(fault_of(code, Purpose::writing), address.target + ": " + said + cure);
}

void set_up(soci::session& session, Address const& address, std::string const& script) {
    auto* const database = handle(session);
    if (api::sqlite3_exec(database, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail_to_open(address, api::sqlite3_extended_errcode(database),
                     api::sqlite3_errmsg(database));
    }
}

/// SOCI names its own functions before what SQLite says.
std::string without_function(std::string const& said) {
    auto const colon = said.find(": ");
    bool const named = said.starts_with("sqlite3_") && colon != std::string::npos;
    return named ? said.substr(colon + 2) : said;
}

}  // namespace

void open(soci::session& session, Address const& address, Purpose purpose) {
    configure();
    try {
        session.open(soci::sqlite3, "dbname=\"" + address.target + "\" timeout=" +
                                        std::to_string(limits::lock_wait_max.count()));
    } catch (soci::soci_error const&) {
        // Whatever it says of "connections": this is a file.
        fail_to_open(address, SQLITE_CANTOPEN, "it can't be opened");
    }
    api::sqlite3_extended_result_codes(handle(session), 1);
    if (purpose == Purpose::checking) {
        return;
    }
    set_up(session, address,
           "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;"
           "pragma temp_store=memory; pragma wal_autocheckpoint=0;"
           "pragma cache_size=-" +
               std::to_string(limits::page_cache_bytes / 1024) +
               "; pragma mmap_size=" + std::to_string(limits::mapped_bytes_max));
    if (purpose == Purpose::reading) {
        set_up(session, address, "pragma query_only=on");
    }
}

void run(soci::session& session, std::string const& script) {
    auto* const database = handle(session);
    if (api::sqlite3_exec(database, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(database, script.substr(0, 80));
    }
}

bool in_transaction(soci::session& session) {
    return api::sqlite3_get_autocommit(handle(session)) == 0;
}

bool broken_references(soci::session& session) {
    int now = 0;
    int highest = 0;
    api::sqlite3_db_status(handle(session), SQLITE_DBSTATUS_DEFERRED_FKS, &now, &highest, 0);
    return now != 0;
}

int columns(soci::statement& statement) {
    return api::sqlite3_column_count(
        static_cast<soci::sqlite3_statement_backend*>(statement.get_backend())->stmt_);
}

DatabaseError translate(soci::soci_error const& error, Purpose purpose) {
    auto const* const own = dynamic_cast<soci::sqlite3_soci_error const*>(&error);
    // Not what(): SOCI adds the values that were bound to it, and they are members' words.
    return {own == nullptr ? Fault::other : fault_of(own->result(), purpose),
            without_function(error.get_error_message())};
}

int checkpoint(soci::session& session, Cut cut) {
    constexpr int wait_for_readers_milliseconds = 50;
    auto* const database = handle(session);
    int in_log = 0;
    int moved = 0;
    if (cut == Cut::yes) {
        api::sqlite3_busy_timeout(database, wait_for_readers_milliseconds);
    }
    // Failing is no harm: the log stays, and the next checkpoint tries again.
    api::sqlite3_wal_checkpoint_v2(
        database, nullptr, cut == Cut::yes ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
        &in_log, &moved);
    if (cut == Cut::yes) {
        auto const wait = std::chrono::milliseconds(limits::lock_wait_max);
        api::sqlite3_busy_timeout(database, static_cast<int>(wait.count()));
    }
    return std::max(0, in_log - moved);
}

void watch_log(soci::session& session, int& pages) {
    api::sqlite3_wal_hook(handle(session), keep_log_pages, &pages);
}

std::int64_t outside_changes(soci::session& session) {
    return pragma_number(session, "pragma data_version");
}

void copy_to(soci::session& session, std::string const& path) {
    api::sqlite3* opened = nullptr;
    int const result = api::sqlite3_open_v2(path.c_str(), &opened,
                                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    std::unique_ptr<api::sqlite3, int (*)(api::sqlite3*)> const copy(opened, api::sqlite3_close);
    if (result != SQLITE_OK) {
        fail(copy.get(), "cannot write " + path);
    }
    auto* const backup = api::sqlite3_backup_init(copy.get(), "main", handle(session), "main");
    if (backup == nullptr) {
        fail(copy.get(), "cannot copy to " + path);
    }
    // One step for all of it: the copy is of one moment, and writers need not wait (WAL).
    api::sqlite3_backup_step(backup, -1);
    if (api::sqlite3_backup_finish(backup) != SQLITE_OK) {
        fail(copy.get(), "cannot copy to " + path);
    }
    // The copy is one file, whole by itself.
    char* message = nullptr;
    api::sqlite3_exec(copy.get(), "pragma journal_mode=delete", nullptr, nullptr, &message);
    api::sqlite3_free(message);
}

}  // namespace kith::database::sqlite
