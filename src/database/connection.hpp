#pragma once
// Only database/*.cpp includes this: the engines stay behind it.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "database/address.hpp"
#include "database/drivers.hpp"
#include "database/session.hpp"

namespace kith::database {

/// Counts one for statements_run().
void count_statement(Purpose purpose);
/// The statement as it is, or as a test has it: see watch.hpp.
[[nodiscard]] std::string text_to_prepare(std::string_view sql);

/// One session with the database and the statements kept in it; one thread at a time.
class Connection {
public:
    /// `watch` looks after a session of PostgreSQL: see there.
    Connection(Address const& address, Purpose purpose, SilenceWatch* watch = nullptr);
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    [[nodiscard]] Engine engine() const { return engine_; }
    [[nodiscard]] Purpose purpose() const { return purpose_; }
    /// The session as its engine has it; only where that is the engine.
    [[nodiscard]] sqlite::Session& sqlite();
    [[nodiscard]] postgres::Session& postgres();

    /// The statement for `sql`, prepared once. Its text is kept by address: an Sql is constant.
    [[nodiscard]] Statement& prepared(Sql const& sql, std::span<ColumnKind const> columns,
                                      std::span<Bind const> binds);
    /// A statement of the caller's own, which must go before the connection does.
    [[nodiscard]] std::unique_ptr<Statement> made(std::string_view sql,
                                                  std::span<ColumnKind const> columns,
                                                  std::span<Bind const> binds);
    /// Runs statements that answer with nothing and take no values.
    void run(std::string const& script);
    /// As PostgreSQL's session does it; what fails is noted.
    [[nodiscard]] std::string begin_deed(postgres::Turn turn);
    void run_alone();
    /// Rolls back whatever is under way; never throws.
    void roll_back() noexcept;

    [[nodiscard]] bool in_transaction();
    /// The connection is gone: the session can only be thrown away.
    [[nodiscard]] bool lost() const { return lost_; }
    /// What failed in this transaction first, even if the error was caught since.
    [[nodiscard]] std::exception_ptr failure() const { return failure_; }
    void forget_failure() { failure_ = nullptr; }
    /// Notes an error of this session that is under way.
    void note(DatabaseError const& error);

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

    Engine engine_;
    Purpose purpose_;
    std::unique_ptr<Driver> driver_;
    /// They go before their session.
    std::unordered_map<Key, std::unique_ptr<Statement>, KeyHash> statements_;
    std::exception_ptr failure_;
    bool lost_ = false;
};

/// Does `work` with the connection; an error of the database is noted on its way.
template <class Work>
auto noting(Connection& connection, Work const& work) {
    try {
        return work();
    } catch (DatabaseError const& error) {
        connection.note(error);
        throw;
    }
}

}  // namespace kith::database
