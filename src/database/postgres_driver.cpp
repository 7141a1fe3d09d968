#include <poll.h>
#include <soci/postgresql/soci-postgresql.h>
#include <sys/socket.h>

#include <memory>

#include "base/limits.hpp"
#include "database/drivers.hpp"

namespace kith::database::postgres {
namespace {

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

PGconn* handle(soci::session& session) {
    return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

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

/// `url` with what it doesn't say itself: of several servers the one that can be written, and a
/// server that has gone without a word is given up.
std::string with_options(std::string url) {
    auto const seconds = [](auto time) {
        return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count());
    };
    auto const silence = std::chrono::milliseconds(limits::silent_server_time_max);
    std::pair<std::string_view, std::string> const options[] = {
        {"connect_timeout", seconds(limits::connect_time_max)},
        {"target_session_attrs", "read-write"},
        {"tcp_user_timeout", std::to_string(silence.count())},
        {"keepalives_idle", seconds(limits::silent_server_time_max / 2)},
        {"keepalives_interval", "1"},
        {"keepalives_count", seconds(limits::silent_server_time_max / 2)},
    };
    for (auto const& [name, value] : options) {
        if (url.find(std::string(name) + "=") != std::string::npos) {
            continue;
        }
        url += url.find('?') == std::string::npos ? '?' : '&';
        url.append(name).append("=").append(value);
    }
    return url;
}

/// Whether `connection` says something to a question before `end`.
bool says_something(PGconn* connection, std::chrono::steady_clock::time_point end) {
    if (PQsendQuery(connection, "select 1") != 1) return false;
    while (PQisBusy(connection) == 1) {
        auto const left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        pollfd socket{PQsocket(connection), POLLIN, 0};
        bool const came =
            left.count() > 0 && ::poll(&socket, 1, static_cast<int>(left.count())) > 0;
        if (!came || PQconsumeInput(connection) != 1) return false;
    }
    return true;
}

}  // namespace

Reach reach_of(soci::session& session) {
    auto* const connection = handle(session);
    Reach reach{PQsocket(connection), {}};
    std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> const all(PQconninfo(connection),
                                                                             PQconninfoFree);
    for (auto const* option = all.get(); option && option->keyword; ++option)
        if (option->val && *option->val) reach.options[option->keyword] = option->val;
    // Of several servers the one that was reached, whatever it is now.
    reach.options["host"] = PQhost(connection);
    reach.options["hostaddr"] = PQhostaddr(connection);
    reach.options["port"] = PQport(connection);
    reach.options["target_session_attrs"] = "any";
    reach.options["connect_timeout"] = std::to_string(limits::connect_time_max.count());
    return reach;
}

bool answers(Reach::Options const& options) {
    auto const begun = std::chrono::steady_clock::now();
    std::vector<char const*> names;
    std::vector<char const*> values;
    for (auto const& [name, value] : options) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    std::unique_ptr<PGconn, void (*)(PGconn*)> const connection(
        PQconnectdbParams(names.data(), values.data(), 0), PQfinish);
    if (PQstatus(connection.get()) == CONNECTION_OK)
        return says_something(connection.get(), begun + limits::connect_time_max);
    // One that says no at once, such as for too many sessions, isn't silent.
    return std::chrono::steady_clock::now() - begun < limits::slow_no_time &&
           PQpingParams(names.data(), values.data(), 0) != PQPING_NO_RESPONSE;
}

void hang_up(soci::session& session) { ::shutdown(PQsocket(handle(session)), SHUT_RDWR); }

void open(soci::session& session, Address const& address) {
    session.open(soci::postgresql, with_options(address.target));
    // The details of an error show the values of its row.
    PQsetErrorVerbosity(handle(session), PQERRORS_TERSE);
    PQsetNoticeProcessor(
        handle(session), [](void*, char const*) {}, nullptr);
}

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
