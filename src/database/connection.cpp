#include "database/connection.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/refusal.hpp"
#include "base/text.hpp"

namespace kith::database {
namespace {

template <class Column>
void attach(soci::statement& statement, Cell& cell, soci::indicator& indicator,
            Column const& column) {
    switch (cell.kind) {
        case ColumnKind::integer: statement.exchange(column(cell.integer, indicator)); break;
        case ColumnKind::real: statement.exchange(column(cell.real, indicator)); break;
        case ColumnKind::text: statement.exchange(column(cell.text, indicator)); break;
    }
}

int columns_of(Connection& connection, soci::statement& statement) {
    return connection.engine() == Engine::sqlite
               ? sqlite::columns(statement)
               : postgres::columns(connection.session(), statement);
}

/// Both engines would keep or cut such text each in its own way; neither is what was typed.
void refuse_broken_text(std::span<Bind const> binds) {
    for (auto const& bind : binds) {
        if (bind.cell.kind != ColumnKind::text || bind.cell.null) {
            continue;
        }
        if (bind.cell.text.find('\0') != std::string::npos || !valid_utf8(bind.cell.text)) {
            throw Refusal::malformed();
        }
    }
}

}  // namespace

Statement::Statement(Connection& connection, std::string_view sql,
                     std::span<ColumnKind const> columns, std::span<Bind const> binds)
    : statement_(connection.session()),
      sql_(without_comments(sql)),
      in_(binds.size()),
      out_(columns.size()),
      in_indicators_(binds.size(), soci::i_ok),
      out_indicators_(columns.size(), soci::i_ok) {
    for (auto const& bind : binds) {
        names_.emplace_back(bind.name);
    }
    check_names(binds);
    statement_.alloc();
    for (std::size_t at = 0; at < out_.size(); ++at) {
        out_[at].kind = columns[at];
        attach(statement_, out_[at], out_indicators_[at],
               [](auto& value, auto& indicator) { return soci::into(value, indicator); });
    }
    for (std::size_t at = 0; at < in_.size(); ++at) {
        in_[at].kind = binds[at].cell.kind;
        attach(statement_, in_[at], in_indicators_[at], [&](auto& value, auto& indicator) {
            return soci::use(value, indicator, names_[at]);
        });
    }
    statement_.prepare(sql_);
    statement_.define_and_bind();
    auto const found = static_cast<std::size_t>(columns_of(connection, statement_));
    if (found != out_.size()) {
        throw std::logic_error("a statement answers with " + std::to_string(found) +
                               " columns, its row takes " + std::to_string(out_.size()) + ": " +
                               sql_);
    }
}

void Statement::check_names(std::span<Bind const> binds) const {
    std::vector<std::string> given;
    for (auto const& bind : binds) {
        given.emplace_back(bind.name);
    }
    std::sort(given.begin(), given.end());
    if (given != names_in(sql_)) {
        throw std::logic_error("the values bound aren't those that the statement names: " + sql_);
    }
}

bool Statement::begin(std::span<Bind> binds) {
    refuse_broken_text(binds);
    for (std::size_t at = 0; at < binds.size(); ++at) {
        std::size_t place = at;
        if (binds[at].name != names_[at]) {
            // Another caller binds the same statement in another order.
            auto const found = std::find(names_.begin(), names_.end(), binds[at].name);
            if (found == names_.end()) {
                check_names(binds);
            }
            place = static_cast<std::size_t>(found - names_.begin());
        }
        if (in_[place].kind != binds[at].cell.kind) {
            throw std::logic_error("one statement bound with different types: " + sql_);
        }
        in_indicators_[place] = binds[at].cell.null ? soci::i_null : soci::i_ok;
        in_[place] = std::move(binds[at].cell);
    }
    bool const got = statement_.execute(true);
    mark_nulls();
    return got && !out_.empty();
}

bool Statement::next() {
    bool const got = statement_.fetch();
    mark_nulls();
    return got;
}

void Statement::mark_nulls() {
    for (std::size_t at = 0; at < out_.size(); ++at) {
        out_[at].null = out_indicators_[at] == soci::i_null;
    }
}

std::size_t Statement::rows_changed() {
    return static_cast<std::size_t>(std::max(0LL, statement_.get_affected_rows()));
}

std::size_t Connection::KeyHash::operator()(Key const& key) const {
    std::hash<void const*> const hash;
    return hash(key.sql) ^ (hash(key.columns) * 31) ^ (key.binds * 0x9e3779b97f4a7c15ULL);
}

Connection::Connection(Address const& address, Purpose purpose, SilenceWatch* watch)
    : address_(address), purpose_(purpose), watch_(watch) {
    try {
        open();
    } catch (soci::soci_error const& error) {
        throw DatabaseError(engine() == Engine::sqlite ? Fault::storage : Fault::lost,
                            error.get_error_message());
    }
}

void Connection::open() {
    if (engine() == Engine::sqlite) {
        return sqlite::open(session_, address_, purpose_);
    }
    postgres::open(session_, address_);
    if (watch_ != nullptr) {
        watched_.emplace(*watch_, postgres::reach_of(session_));
    }
    auto const awaited = await_answer();
    postgres::settle(session_, purpose_);
}

Connection::~Connection() {
    if (engine() == Engine::postgres) {
        // SOCI has the server forget each statement; one that is silent would hold that up.
        postgres::hang_up(session_);
    }
    // Statements go before their session.
    statements_.clear();
}

Statement& Connection::prepared(Sql const& sql, std::span<ColumnKind const> columns,
                                std::span<Bind const> binds) {
    Key key{sql.text(engine()).data(), columns.data(), 1};
    for (auto const& bind : binds) {
        key.binds = key.binds << 2U | static_cast<unsigned>(bind.cell.kind);
    }
    auto& kept = statements_[key];
    if (!kept) {
        kept =
            std::make_unique<Statement>(*this, text_to_prepare(sql.text(engine())), columns, binds);
    }
    return *kept;
}

void Connection::forget(Statement const* statement) {
    auto const awaited = await_answer();
    std::erase_if(statements_, [&](auto const& kept) { return kept.second.get() == statement; });
}

void Connection::run(std::string const& script) {
    try {
        auto const awaited = await_answer();
        if (engine() == Engine::sqlite) {
            sqlite::run(session_, script);
        } else {
            postgres::run(session_, script);
        }
    } catch (DatabaseError const& error) {
        note(error);
        throw;
    }
}

std::string Connection::begin_deed() {
    try {
        auto const awaited = await_answer();
        return postgres::begin_deed(session_);
    } catch (DatabaseError const& error) {
        note(error);
        throw;
    }
}

void Connection::roll_back() noexcept {
    failure_ = nullptr;
    try {
        if (!lost_ && in_transaction()) {
            run("rollback");
        }
    } catch (std::exception const&) {
        // A session that can't even roll back is thrown away by its owner.
        lost_ = true;
    }
    failure_ = nullptr;
}

postgres::Outcome Connection::outcome_of(std::string const& transaction) {
    auto const awaited = await_answer();
    return postgres::outcome_of(session_, transaction);
}

bool Connection::in_transaction() {
    return engine() == Engine::sqlite ? sqlite::in_transaction(session_)
                                      : postgres::in_transaction(session_);
}

void Connection::note(DatabaseError const& error) {
    if (!failure_) {
        failure_ = std::make_exception_ptr(error);
    }
    if (error.fault() == Fault::lost) {
        lost_ = true;
    }
}

void Connection::fail(soci::soci_error const& error) {
    auto const translated = engine() == Engine::sqlite
                                ? sqlite::translate(error, purpose_)
                                : postgres::translate(error, session_, purpose_);
    note(translated);
    throw translated;
}

}  // namespace kith::database
