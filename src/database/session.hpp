#pragma once
// The store's whole view of a database:
//
//   struct EssayRow { Id<Essay> id; std::string title; std::optional<Time> published_at; };
//   BOOST_DESCRIBE_STRUCT(EssayRow, (), (id, title, published_at))
//
//   constexpr Sql by_slug = "select id, title, published_at from essays where slug = :slug";
//   auto essays = rows<EssayRow>(read, by_slug, bind("slug", slug));
//
// A row's members take the select list by position. A row may also be a single value:
// rows<Id<Member>>(…). Booleans, Time (UTC microseconds) and Id are integers in the database,
// PublicId and described enums are text (an enum by its value's name).

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/refusal.hpp"
#include "database/error.hpp"
#include "database/sql.hpp"
#include "database/value.hpp"

namespace kith::database {

class Bell;
class Connection;
class Statement;

/// A value for the `:name` of a statement.
struct Bind {
    std::string_view name;
    Cell cell;
};

/// `value` for `:name`; an empty optional is NULL. Text must be UTF-8 without NUL, else the
/// statement is refused as malformed.
// So shaped that it is always chosen before std::bind, which a std:: argument brings along.
template <std::size_t size, class T>
[[nodiscard]] Bind bind(char const (&name)[size], T&& value) {
    Bind result{{name, size - 1}, {}};
    if constexpr (!std::same_as<std::remove_cvref_t<T>, std::nullopt_t>) {
        detail::fill(result.cell, std::as_const(value));
    }
    return result;
}

namespace detail {

/// The answer to one statement, row by row. It is read to its end before it goes, or its
/// statement is thrown away: a statement left open would hold its snapshot.
class Cursor {
public:
    Cursor(Connection& connection, Sql const& sql, std::span<ColumnKind const> columns,
           std::span<Bind> binds);
    ~Cursor();
    Cursor(Cursor const&) = delete;
    Cursor& operator=(Cursor const&) = delete;

    [[nodiscard]] bool next();
    [[nodiscard]] std::span<Cell> row();
    [[nodiscard]] std::size_t rows_changed() const;

private:
    Connection& connection_;
    Statement* statement_;
    bool begun_ = false;
    bool ended_ = false;
};

template <std::same_as<Bind>... Binds>
std::array<Bind, sizeof...(Binds)> binds_of(Binds&&... binds) {
    static_assert(sizeof...(Binds) <= 31, "a statement takes at most 31 values");
    return {std::forward<Binds>(binds)...};
}

}  // namespace detail

/// Reads in one transaction: everything read through it is of the same moment.
class Read {
public:
    explicit Read(Connection& connection) : connection_(&connection) {}
    Read(Read const&) = delete;
    Read& operator=(Read const&) = delete;

    [[nodiscard]] Engine engine() const;
    [[nodiscard]] Connection& connection() { return *connection_; }

private:
    Connection* connection_;
};

/// Reads and writes in one transaction that is kept whole or not at all.
class Write : public Read {
public:
    Write(Connection& connection, Bell& jobs_bell) : Read(connection), jobs_bell_(jobs_bell) {}

    /// Runs `work` once the deed is durable; not at all if it isn't.
    void after_commit(std::function<void()> work) { after_commit_.push_back(std::move(work)); }
    [[nodiscard]] std::vector<std::function<void()>> take_after_commit() {
        return std::exchange(after_commit_, {});
    }
    /// Runs `work` where nobody can know whether the deed was kept: its server went while it was
    /// keeping it. Whoever sent it is told that nothing was saved, and sends it again.
    void if_unsure(std::function<void()> work) { if_unsure_.push_back(std::move(work)); }
    [[nodiscard]] std::vector<std::function<void()>> take_if_unsure() {
        return std::exchange(if_unsure_, {});
    }
    /// Runs `work` once all deeds that share this one's transaction are done, if this one is kept:
    /// for what is much cheaper done together. Of SQLite's writer; an error there undoes them all.
    void at_end(std::function<void(Write&)> work) { at_end_.push_back(std::move(work)); }
    [[nodiscard]] std::vector<std::function<void(Write&)>> take_at_end() {
        return std::exchange(at_end_, {});
    }
    /// Wakes who waits for jobs; see jobs.hpp.
    [[nodiscard]] Bell& jobs_bell() { return jobs_bell_; }

private:
    Bell& jobs_bell_;
    std::vector<std::function<void()>> after_commit_;
    std::vector<std::function<void()>> if_unsure_;
    std::vector<std::function<void(Write&)>> at_end_;
};

/// All rows of the answer.
template <class Row, class... Binds>
[[nodiscard]] std::vector<Row> rows(Read& read, Sql const& sql, Binds&&... binds) {
    auto values = detail::binds_of(std::forward<Binds>(binds)...);
    detail::Cursor cursor(read.connection(), sql, detail::columns_of<Row>, values);
    std::vector<Row> result;
    while (cursor.next()) {
        result.push_back(detail::row_from<Row>(cursor.row()));
    }
    return result;
}

/// The row of the answer, if there is one; two rows are a bug (std::logic_error).
template <class Row, class... Binds>
[[nodiscard]] std::optional<Row> maybe(Read& read, Sql const& sql, Binds&&... binds) {
    auto values = detail::binds_of(std::forward<Binds>(binds)...);
    detail::Cursor cursor(read.connection(), sql, detail::columns_of<Row>, values);
    if (!cursor.next()) {
        return std::nullopt;
    }
    std::optional<Row> result = detail::row_from<Row>(cursor.row());
    if (cursor.next()) {
        throw std::logic_error("two rows where at most one was expected");
    }
    return result;
}

/// The row of the answer; none is Refusal::not_found().
template <class Row, class... Binds>
[[nodiscard]] Row one(Read& read, Sql const& sql, Binds&&... binds) {
    auto result = maybe<Row>(read, sql, std::forward<Binds>(binds)...);
    if (!result) {
        throw Refusal::not_found();
    }
    return *std::move(result);
}

/// The one value of the one row of the answer.
template <class T, class... Binds>
[[nodiscard]] T scalar(Read& read, Sql const& sql, Binds&&... binds) {
    return one<T>(read, sql, std::forward<Binds>(binds)...);
}

/// The one whole number of the one row of the answer: counts, `insert … returning id`.
template <class... Binds>
std::int64_t number(Read& read, Sql const& sql, Binds&&... binds) {
    return one<std::int64_t>(read, sql, std::forward<Binds>(binds)...);
}

/// Runs a statement that answers with nothing; gives back how many rows it changed.
template <class... Binds>
std::size_t execute(Write& write, Sql const& sql, Binds&&... binds) {
    auto values = detail::binds_of(std::forward<Binds>(binds)...);
    detail::Cursor cursor(write.connection(), sql, {}, values);
    if (cursor.next()) {
        throw std::logic_error("execute() got rows: use rows()");
    }
    return cursor.rows_changed();
}

}  // namespace kith::database
