#include "database/connection.hpp"

namespace kith::database {
namespace {

std::unique_ptr<Driver> session_with(Address const& address, Purpose purpose, SilenceWatch* watch) {
    if (address.engine == Engine::sqlite) {
        return std::make_unique<sqlite::Session>(address, purpose);
    }
    return std::make_unique<postgres::Session>(address, purpose, watch);
}

}  // namespace

std::size_t Connection::KeyHash::operator()(Key const& key) const {
    std::hash<void const*> const hash;
    return hash(key.sql) ^ (hash(key.columns) * 31) ^ (key.binds * 0x9e3779b97f4a7c15ULL);
}

Connection::Connection(Address const& address, Purpose purpose, SilenceWatch* watch)
    : engine_(address.engine), purpose_(purpose), driver_(session_with(address, purpose, watch)) {}

Statement& Connection::prepared(Sql const& sql, std::span<ColumnKind const> columns,
                                std::span<Bind const> binds) {
    Key key{sql.text(engine()).data(), columns.data(), 1};
    for (auto const& bind : binds) {
        key.binds = key.binds << 2U | static_cast<unsigned>(bind.cell.kind);
    }
    auto& kept = statements_[key];
    if (!kept) {
        kept = driver_->prepare(text_to_prepare(sql.text(engine())), columns, binds);
    }
    return *kept;
}

std::unique_ptr<Statement> Connection::made(std::string_view sql,
                                            std::span<ColumnKind const> columns,
                                            std::span<Bind const> binds) {
    return driver_->prepare(sql, columns, binds);
}

sqlite::Session& Connection::sqlite() { return dynamic_cast<sqlite::Session&>(*driver_); }

postgres::Session& Connection::postgres() { return dynamic_cast<postgres::Session&>(*driver_); }

void Connection::run(std::string const& script) {
    noting(*this, [&] { driver_->run(script); });
}

std::string Connection::begin_deed(postgres::Turn turn) {
    return noting(*this, [&] { return postgres().begin_deed(turn); });
}

void Connection::run_alone() {
    noting(*this, [&] { postgres().run_alone(); });
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

bool Connection::in_transaction() { return driver_->in_transaction(); }

void Connection::note(DatabaseError const& error) {
    if (!failure_) {
        failure_ = std::make_exception_ptr(error);
    }
    if (error.fault() == Fault::lost) {
        lost_ = true;
    }
}

}  // namespace kith::database
