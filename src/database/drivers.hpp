#pragma once
// One session with each engine, behind one shape; only database/*.cpp includes this.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "database/address.hpp"
#include "database/error.hpp"
#include "database/postgres_connect.hpp"
#include "database/session.hpp"
#include "database/silence.hpp"

struct sqlite3;

namespace kith::database {

/// One prepared statement with the places that its values come from and go to.
class Statement {
public:
    Statement(std::string_view sql, std::span<ColumnKind const> columns,
              std::span<Bind const> binds);
    virtual ~Statement() = default;
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;

    /// Takes the values of `binds` and runs; true if there is a first row.
    [[nodiscard]] bool begin(std::span<Bind> binds);
    /// True if there is a further row.
    [[nodiscard]] virtual bool next() = 0;
    /// Lets go of rows that nobody asked for: left open they would hold their snapshot.
    virtual void end() noexcept = 0;
    [[nodiscard]] std::span<Cell> row() { return out_; }
    [[nodiscard]] virtual std::size_t rows_changed() = 0;

protected:
    /// Runs with the values of in(); true if there is a first row.
    [[nodiscard]] virtual bool run() = 0;

    /// The values, in the order of names().
    [[nodiscard]] std::span<Cell const> in() const { return in_; }
    [[nodiscard]] std::span<std::string const> names() const { return names_; }
    /// Throws std::logic_error unless the statement answers with as many columns as its row takes.
    void check_columns(std::size_t found) const;

private:
    void check_names(std::span<Bind const> binds) const;

    std::string sql_;
    std::vector<std::string> names_;
    std::vector<Cell> in_;
    std::vector<Cell> out_;
};

/// One session with an engine; one thread at a time. What fails is a DatabaseError, whose words are
/// the engine's own and never the values that were bound.
class Driver {
public:
    virtual ~Driver() = default;

    [[nodiscard]] virtual std::unique_ptr<Statement> prepare(std::string_view sql,
                                                             std::span<ColumnKind const> columns,
                                                             std::span<Bind const> binds) = 0;
    /// Runs all statements of `script`, which take no values and answer with nothing.
    virtual void run(std::string const& script) = 0;
    [[nodiscard]] virtual bool in_transaction() = 0;
};

}  // namespace kith::database

namespace kith::database::sqlite {

/// Whether a checkpoint also cuts the log off, waiting a little for readers.
enum class Cut { no, yes };

class Session final : public Driver {
public:
    Session(Address const& address, Purpose purpose);

    [[nodiscard]] std::unique_ptr<Statement> prepare(std::string_view sql,
                                                     std::span<ColumnKind const> columns,
                                                     std::span<Bind const> binds) override;
    void run(std::string const& script) override;
    [[nodiscard]] bool in_transaction() override;

    [[nodiscard]] ::sqlite3* handle() { return database_.get(); }
    /// Whether foreign keys that are checked at commit are broken now.
    [[nodiscard]] bool broken_references();
    /// Moves what can be moved from the write-ahead log into the database; gives back how many
    /// pages of the log are not in it yet.
    int checkpoint(Cut cut);
    /// Keeps `pages` at the number of pages in the write-ahead log as of the last commit.
    void watch_log(int& pages);
    /// Changes when another session (of any process) has changed the database.
    [[nodiscard]] std::int64_t outside_changes();
    /// Copies the whole database, as of one moment, into a new file.
    void copy_to(std::string const& path);

private:
    std::unique_ptr<::sqlite3, int (*)(::sqlite3*)> database_;
    Purpose purpose_;
};

}  // namespace kith::database::sqlite

namespace kith::database::postgres {

/// What became of a transaction: unknown where another server, or another run of it, is asked.
enum class Outcome { kept, not_kept, under_way, unknown };

/// Whether a deed runs beside those of other threads and nodes.
enum class Turn { together, alone };

class Session final : public Driver {
public:
    /// `watch` ends the wait for a server that says nothing; without it that is waited for.
    Session(Address const& address, Purpose purpose, SilenceWatch* watch);

    [[nodiscard]] std::unique_ptr<Statement> prepare(std::string_view sql,
                                                     std::span<ColumnKind const> columns,
                                                     std::span<Bind const> binds) override;
    void run(std::string const& script) override;
    [[nodiscard]] bool in_transaction() override;

    /// Begins a serializable transaction and gives back its number. A deed that runs together with
    /// others waits while one runs alone.
    [[nodiscard]] std::string begin_deed(Turn turn);
    /// Waits until no deed of any node is under way, and lets none begin until run_together().
    void run_alone();
    void run_together();
    [[nodiscard]] Outcome outcome_of(std::string const& number);

private:
    [[nodiscard]] std::string ask(std::string const& script);

    [[nodiscard]] WatchedSession* watched() { return watched_ ? &*watched_ : nullptr; }

    PostgresConnection connection_;
    Purpose purpose_;
    std::optional<WatchedSession> watched_;
    std::uint64_t prepared_ = 0;  ///< so far: names the next statement
};

}  // namespace kith::database::postgres
