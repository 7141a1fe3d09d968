#include <soci/postgresql/soci-postgresql.h>

#include <memory>

#include "base/limits.hpp"
#include "database/drivers.hpp"

namespace kith::database::postgres {
namespace {

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

Fault fault_of(std::string_view state, PGconn* connection, Purpose purpose) {
    if (PQstatus(connection) == CONNECTION_BAD || state.starts_with("08") ||
        state.starts_with("57P")) {
        return Fault::lost;
    }
    // 0A000 here: a kept statement was overtaken by a migration; prepared anew it works.
    if (state == "40001" || state == "40P01" || state == "0A000") {
        return Fault::conflict;
    }
    // A session for reading that would write is a bug; for writing, the server is a standby.
    if (state == "25006" && purpose == Purpose::reading) {
        return Fault::other;
    }
    if (state == "23505") {
        return Fault::unique;
    }
    if (state == "23503") {
        return Fault::foreign_key;
    }
    if (state.starts_with("23")) {
        return Fault::constraint;
    }
    if (state.starts_with("53") || state.starts_with("58") || state == "25006" ||
        state == "55P03" || state == "57014") {
        return Fault::storage;
    }
    return Fault::other;
}

[[noreturn]] void fail(PGconn* connection, PGresult const* result) {
    char const* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    throw DatabaseError(fault_of(state == nullptr ? "" : state, connection, Purpose::writing),
                        PQerrorMessage(connection));
}

/// Names one run of one server. A transaction's number is only good for that: a standby that took
/// over, and a server that crashed, give numbers again that they haven't heard of. A crash of one
/// of its processes leaves the beginning as it was, but the statistics begin anew.
constexpr std::string_view this_run =
    "concat(extract(epoch from pg_postmaster_start_time()), '/',"
    " (select extract(epoch from stats_reset) from pg_stat_wal))";

/// The first value that the last statement of `script` answers with, or empty.
std::string ask(soci::session& session, std::string const& script) {
    auto* const connection = handle(session);
    Result const result(PQexec(connection, script.c_str()), PQclear);
    auto const status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fail(connection, result.get());
    }
    return PQntuples(result.get()) == 0 ? std::string() : PQgetvalue(result.get(), 0, 0);
}

}  // namespace

void settle(soci::session& session, Purpose purpose) {
    auto const wait = std::to_string(std::chrono::milliseconds(limits::lock_wait_max).count());
    // random_page_cost: with its default PostgreSQL reads whole tables for a page of comments.
    run(session,
        "set random_page_cost = 1.1; set jit = off; set time zone 'UTC';"
        "set lock_timeout = " +
            wait + "; set idle_in_transaction_session_timeout = '60s'");
    if (purpose == Purpose::reading) {
        run(session,
            "set default_transaction_read_only = on;"
            "set default_transaction_isolation = 'repeatable read'");
    }
}

void run(soci::session& session, std::string const& script) { ask(session, script); }

bool in_transaction(soci::session& session) {
    auto const status = PQtransactionStatus(handle(session));
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

int columns(soci::session& session, soci::statement& statement) {
    auto const& name =
        static_cast<soci::postgresql_statement_backend*>(statement.get_backend())->statementName_;
    auto* const connection = handle(session);
    Result const result(PQdescribePrepared(connection, name.c_str()), PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        fail(connection, result.get());
    }
    return PQnfields(result.get());
}

DatabaseError translate(soci::soci_error const& error, soci::session& session, Purpose purpose) {
    // Not what(): SOCI adds the values that were bound to it, and they are members' words.
    auto const* const own = dynamic_cast<soci::postgresql_soci_error const*>(&error);
    return {fault_of(own == nullptr ? std::string() : own->sqlstate(), handle(session), purpose),
            error.get_error_message()};
}

std::string begin_deed(soci::session& session) {
    return ask(session,
               "begin isolation level serializable; select pg_current_xact_id()::text || ' ' || " +
                   std::string(this_run));
}

Outcome outcome_of(soci::session& session, std::string const& number) {
    auto const blank = number.find(' ');
    auto const status = ask(session, "select case when " + std::string(this_run) + " = '" +
                                         number.substr(blank + 1) + "' then pg_xact_status('" +
                                         number.substr(0, blank) + "'::xid8) else 'unknown' end");
    if (status == "in progress") {
        return Outcome::under_way;
    }
    if (status == "committed") {
        return Outcome::kept;
    }
    return status == "aborted" ? Outcome::not_kept : Outcome::unknown;
}

}  // namespace kith::database::postgres
