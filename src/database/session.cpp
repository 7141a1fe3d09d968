#include "database/session.hpp"

#include "database/connection.hpp"

namespace kith::database {

Engine Read::engine() const { return connection_->engine(); }

namespace detail {

Cursor::Cursor(Connection& connection, Sql const& sql, std::span<ColumnKind const> columns,
               std::span<Bind> binds)
    : connection_(connection),
      statement_(noting(connection, [&] { return &connection.prepared(sql, columns, binds); })) {
    count_statement(connection.purpose());
    try {
        begun_ = noting(connection, [&] { return statement_->begin(binds); });
        ended_ = !begun_;
    } catch (...) {
        statement_->end();
        throw;
    }
}

Cursor::~Cursor() {
    if (!ended_) {
        statement_->end();
    }
}

bool Cursor::next() {
    if (begun_) {
        begun_ = false;
        return true;
    }
    if (ended_) {
        return false;
    }
    bool const more = noting(connection_, [&] { return statement_->next(); });
    ended_ = !more;
    return more;
}

std::span<Cell> Cursor::row() { return statement_->row(); }

std::size_t Cursor::rows_changed() const { return statement_->rows_changed(); }

}  // namespace detail
}  // namespace kith::database
