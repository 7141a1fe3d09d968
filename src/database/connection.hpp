#pragma once
// Only database/*.cpp includes this: SOCI stays behind it.

#include <soci/soci.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "database/address.hpp"
#include "database/drivers.hpp"
#include "database/session.hpp"
#include "database/silence.hpp"

namespace kith::database {

/// One prepared statement with the places that its values come from and go to.
class Statement {
public:
    Statement(Connection& connection, std::string_view sql, std::span<ColumnKind const> columns,
              std::span<Bind const> binds);

    /// Takes the values of `binds` and runs; true if there is a first row.
    [[nodiscard]] bool begin(std::span<Bind> binds);
    /// True if there is a further row.
    [[nodiscard]] bool next();
    [[nodiscard]] std::span<Cell> row() { return out_; }
    [[nodiscard]] std::size_t rows_changed();

private:
    void check_names(std::span<Bind const> binds) const;
    void mark_nulls();

    soci::statement statement_;
    std::string sql_;
    std::vector<std::string> names_;
    std::vector<Cell> in_;
    std::vector<Cell> out_;
    std::vector<soci::indicator> in_indicators_;
    std::vector<soci::indicator> out_indicators_;
};

/// Counts one for statements_run().
void count_statement(Purpose purpose);
/// The statement as it is, or as a test has it: see watch.hpp.
[[nodiscard]] std::string text_to_prepare(std::string_view sql);

/// One session with the database and the statements kept in it; one thread at a time.
class Connection {
public:
    /// `watch` looks after sessions of PostgreSQL that somebody is to be answered from; without it
    /// a server that says nothing is waited for.
    Connection(Address const& address, Purpose purpose, SilenceWatch* watch = nullptr);
    ~Connection();
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    [[nodiscard]] Engine engine() const { return address_.engine; }
    [[nodiscard]] Purpose purpose() const { return purpose_; }
    [[nodiscard]] soci::session& session() { return session_; }
    /// For whoever asks the server something.
    [[nodiscard]] AwaitedAnswer await_answer() {
        return AwaitedAnswer(watched_ ? &*watched_ : nullptr);
    }

    /// The statement for `sql`, prepared once. Its text is kept by address: an Sql is constant.
    [[nodiscard]] Statement& prepared(Sql const& sql, std::span<ColumnKind const> columns,
                                      std::span<Bind const> binds);
    void forget(Statement const* statement);
    /// Runs statements that answer with nothing and take no values.
    void run(std::string const& script);
    /// Begins a deed on PostgreSQL; gives back the transaction's number.
    [[nodiscard]] std::string begin_deed();
    /// What became of the transaction of that number, on PostgreSQL.
    [[nodiscard]] postgres::Outcome outcome_of(std::string const& transaction);
    /// Rolls back whatever is under way; never throws.
    void roll_back() noexcept;

    [[nodiscard]] bool in_transaction();
    /// The connection is gone: the session can only be thrown away.
    [[nodiscard]] bool lost() const { return lost_; }
    /// What failed in this transaction first, even if the error was caught since.
    [[nodiscard]] std::exception_ptr failure() const { return failure_; }
    void forget_failure() { failure_ = nullptr; }
    /// Notes the error under way and throws it as a DatabaseError.
    [[noreturn]] void fail(soci::soci_error const& error);

private:
    struct Key {
        char const* sql;
        ColumnKind const* columns;
        std::uint64_t binds;
        bool operator==(Key const&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(Key const& key) const;
    };

    void note(DatabaseError const& error);
    void open();

    Address address_;
    Purpose purpose_;
    soci::session session_;
    SilenceWatch* watch_;
    std::optional<WatchedSession> watched_;
    std::unordered_map<Key, std::unique_ptr<Statement>, KeyHash> statements_;
    std::exception_ptr failure_;
    bool lost_ = false;
};

}  // namespace kith::database
