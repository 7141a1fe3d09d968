#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include "base/limits.hpp"
#include "database/drivers.hpp"

namespace kith::database::postgres {
namespace {

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

/// A kept statement was overtaken by a migration; prepared anew it works.
constexpr std::string_view overtaken = "0A000";

Fault fault_of(std::string_view state, PGconn* connection, Purpose purpose) {
    if (PQstatus(connection) == CONNECTION_BAD || state.starts_with("08") ||
        state.starts_with("57P")) {
        return Fault::lost;
    }
    if (state == "40001" || state == "40P01" || state == overtaken) {
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

std::string_view state_of(PGresult const* result) {
    char const* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state == nullptr ? std::string_view() : state;
}

[[noreturn]] void fail(PGconn* connection, PGresult const* result, Purpose purpose) {
    throw DatabaseError(fault_of(state_of(result), connection, purpose),
                        PQerrorMessage(connection));
}

/// `result` unless it says that the statement failed.
Result succeeded(PGconn* connection, PGresult* result, Purpose purpose) {
    Result owned(result, PQclear);
    auto const status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fail(connection, result, purpose);
    }
    return owned;
}

/// Names one run of one server. A transaction's number is only good for that: a standby that took
/// over, and a server that crashed, give numbers again that they haven't heard of. A crash of one
/// of its processes leaves the beginning as it was, but the statistics begin anew.
constexpr std::string_view this_run =
    "concat(extract(epoch from pg_postmaster_start_time()), '/',"
    " (select extract(epoch from stats_reset) from pg_stat_wal))";

template <class Number>
Number number_from(std::string_view text) {
    Number number{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw std::logic_error("a column that is no number is read as one");
    }
    return number;
}

/// A truth is 1 or 0, as SQLite has it.
std::int64_t integer_from(std::string_view text) {
    if (text == "t" || text == "f") {
        return text == "t" ? 1 : 0;
    }
    return number_from<std::int64_t>(text);
}

template <class Number>
std::string text_from(Number number) {
    std::array<char, 32> digits{};
    auto const [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), end};
}

/// All rows come with the answer, as text.
class PostgresStatement final : public Statement {
public:
    PostgresStatement(PGconn* connection, Purpose purpose, WatchedSession* watched,
                      std::string name, std::string_view sql, std::span<ColumnKind const> columns,
                      std::span<Bind const> binds)
        : Statement(sql, columns, binds),
          connection_(connection),
          purpose_(purpose),
          watched_(watched),
          name_(std::move(name)) {
        auto numbered = with_numbers(sql, names());
        sql_ = std::move(numbered.sql);
        sources_ = std::move(numbered.sources);
        texts_.resize(sources_.size());
        values_.resize(sources_.size());
        prepare();
    }

    bool next() override {
        if (next_row_ == PQntuples(result_.get())) {
            end();
            return false;
        }
        int column = 0;
        for (auto& cell : row()) {
            read(cell, next_row_, column++);
        }
        ++next_row_;
        return true;
    }

    void end() noexcept override { next_row_ = PQntuples(result_.get()); }

    std::size_t rows_changed() override {
        std::string_view const count = PQcmdTuples(result_.get());
        return count.empty() ? 0 : number_from<std::size_t>(count);
    }

private:
    void prepare() {
        AwaitedAnswer const awaited(watched_);
        succeeded(connection_, PQprepare(connection_, name_.c_str(), sql_.c_str(), 0, nullptr),
                  purpose_);
        auto const described =
            succeeded(connection_, PQdescribePrepared(connection_, name_.c_str()), purpose_);
        check_columns(static_cast<std::size_t>(PQnfields(described.get())));
        prepared_ = true;
    }

    bool run() override {
        if (!prepared_) {
            // Under another name: the old one can't be taken back while its transaction fails.
            name_ += "_anew";
            prepare();
        }
        for (std::size_t at = 0; at < sources_.size(); ++at) {
            values_[at] = value_of(in()[sources_[at]], texts_[at]);
        }
        AwaitedAnswer const awaited(watched_);
        result_.reset(PQexecPrepared(connection_, name_.c_str(), static_cast<int>(values_.size()),
                                     values_.data(), nullptr, nullptr, 0));
        next_row_ = 0;
        if (PQresultStatus(result_.get()) == PGRES_FATAL_ERROR) {
            prepared_ = state_of(result_.get()) != overtaken;
            fail(connection_, result_.get(), purpose_);
        }
        return next();
    }

    static char const* value_of(Cell const& cell, std::string& text) {
        if (cell.null) {
            return nullptr;
        }
        switch (cell.kind) {
            case ColumnKind::text: return cell.text.c_str();
            case ColumnKind::integer: text = text_from(cell.integer); break;
            case ColumnKind::real: text = text_from(cell.real); break;
        }
        return text.c_str();
    }

    void read(Cell& cell, int at, int column) {
        auto* const result = result_.get();
        cell.null = PQgetisnull(result, at, column) != 0;
        if (cell.null) {
            return;
        }
        std::string_view const text(PQgetvalue(result, at, column),
                                    static_cast<std::size_t>(PQgetlength(result, at, column)));
        switch (cell.kind) {
            case ColumnKind::text: cell.text = text; break;
            case ColumnKind::integer: cell.integer = integer_from(text); break;
            case ColumnKind::real: cell.real = number_from<double>(text); break;
        }
    }

    PGconn* connection_;
    Purpose purpose_;
    WatchedSession* watched_;
    std::string name_;
    std::string sql_;
    bool prepared_ = false;
    std::vector<std::size_t> sources_;  ///< of $1, $2 … among the names
    std::vector<std::string> texts_;    ///< of numbers, while they are sent
    std::vector<char const*> values_;
    Result result_{nullptr, PQclear};
    int next_row_ = 0;
};

/// Whoever does a deed shares this lock, or holds it alone; the number is only for Kith.
constexpr auto share_turn = "pg_advisory_xact_lock_shared(7597146)";
constexpr auto take_turn = "select pg_advisory_lock(7597146)";
constexpr auto give_turn = "select pg_advisory_unlock(7597146)";

}  // namespace

Session::Session(Address const& address, Purpose purpose, SilenceWatch* watch)
    : connection_(connected(address)), purpose_(purpose) {
    auto* const connection = connection_.get();
    if (watch != nullptr) {
        watched_.emplace(*watch, reach_of(connection));
    }
    // The details of an error show the values of its row.
    PQsetErrorVerbosity(connection, PQERRORS_TERSE);
    PQsetNoticeProcessor(
        connection, [](void*, char const*) {}, nullptr);
    auto const wait = std::to_string(std::chrono::milliseconds(limits::lock_wait_max).count());
    // random_page_cost: with its default PostgreSQL reads whole tables for a page of comments.
    run("set random_page_cost = 1.1; set jit = off; set time zone 'UTC';"
        "set lock_timeout = " +
        wait + "; set idle_in_transaction_session_timeout = '60s'");
    if (purpose == Purpose::reading) {
        run("set default_transaction_read_only = on;"
            "set default_transaction_isolation = 'repeatable read'");
    }
}

std::unique_ptr<Statement> Session::prepare(std::string_view sql,
                                            std::span<ColumnKind const> columns,
                                            std::span<Bind const> binds) {
    return std::make_unique<PostgresStatement>(connection_.get(), purpose_, watched(),
                                               "kith_" + std::to_string(++prepared_), sql, columns,
                                               binds);
}

/// The first value that the last statement of `script` answers with, or empty.
std::string Session::ask(std::string const& script) {
    auto* const connection = connection_.get();
    AwaitedAnswer const awaited(watched());
    auto const result = succeeded(connection, PQexec(connection, script.c_str()), Purpose::writing);
    return PQntuples(result.get()) == 0 ? std::string() : PQgetvalue(result.get(), 0, 0);
}

void Session::run(std::string const& script) { static_cast<void>(ask(script)); }

bool Session::in_transaction() {
    auto const status = PQtransactionStatus(connection_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

std::string Session::begin_deed(Turn turn) {
    return ask(
        "begin isolation level serializable;"
        "select pg_current_xact_id()::text || ' ' || " +
        std::string(this_run) + ", " + (turn == Turn::alone ? "null" : share_turn));
}

void Session::run_alone() { run(take_turn); }

void Session::run_together() { run(give_turn); }

Outcome Session::outcome_of(std::string const& number) {
    auto const blank = number.find(' ');
    auto const status =
        ask("select case when " + std::string(this_run) + " = '" + number.substr(blank + 1) +
            "' then pg_xact_status('" + number.substr(0, blank) + "'::xid8) else 'unknown' end");
    if (status == "in progress") {
        return Outcome::under_way;
    }
    if (status == "committed") {
        return Outcome::kept;
    }
    return status == "aborted" ? Outcome::not_kept : Outcome::unknown;
}

}  // namespace kith::database::postgres
