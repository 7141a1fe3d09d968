#include "database/session.hpp"

#include "database/connection.hpp"

namespace kith::database {

Engine Read::engine() const { return connection_->engine(); }

namespace detail {
namespace {

template <class Work>
auto translated(Connection& connection, Work const& work) {
    try {
        return work();
    } catch (soci::soci_error const& error) {
        connection.fail(error);
    }
}

}  // namespace

Cursor::Cursor(Connection& connection, Sql const& sql, std::span<ColumnKind const> columns,
               std::span<Bind> binds)
    : connection_(connection), statement_(translated(connection, [&] {
          auto const awaited = connection.await_answer();
          return &connection.prepared(sql, columns, binds);
      })) {
    count_statement(connection.purpose());
    try {
        begun_ = translated(connection, [&] {
            auto const awaited = connection.await_answer();
            return statement_->begin(binds);
        });
        ended_ = !begun_;
    } catch (...) {
        connection_.forget(statement_);
        throw;
    }
}

Cursor::~Cursor() {
    if (!ended_) {
        connection_.forget(statement_);
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
    bool const more = translated(connection_, [&] { return statement_->next(); });
    ended_ = !more;
    return more;
}

std::span<Cell> Cursor::row() { return statement_->row(); }

std::size_t Cursor::rows_changed() const { return statement_->rows_changed(); }

}  // namespace detail
}  // namespace kith::database
