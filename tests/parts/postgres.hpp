#pragma once
// Throw-away databases for tests: a PostgreSQL server of the test's own, and fresh databases of
// both engines.

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "test_directory.hpp"

namespace kith::tests {

/// A PostgreSQL cluster of this test's own, on a loopback port and a Unix socket; it ends with
/// the test, however that ends. Run as root it serves as the user postgres, as it must.
class PostgresServer {
public:
    PostgresServer();
    ~PostgresServer();
    PostgresServer(PostgresServer const&) = delete;
    PostgresServer& operator=(PostgresServer const&) = delete;

    /// The server of this test program, started when first asked for.
    static PostgresServer& of_this_program();

    /// The URL of a new, empty database.
    [[nodiscard]] std::string new_database();
    /// The URL of a new database that holds what the one at `url` does; nobody may use that then.
    [[nodiscard]] std::string copy_of(std::string const& url);
    [[nodiscard]] std::string url(std::string const& database) const;
    /// Runs one SQL command as the server's owner.
    void command(std::string const& sql);
    /// Starts the server on the same data and port; returns when it answers.
    void start();
    /// Ends the server at once; all connections are lost.
    void stop();

private:
    [[nodiscard]] pid_t spawn(std::vector<std::string> words) const;
    void run_to_end(std::vector<std::string> words) const;

    TestDirectory directory_;
    std::uint16_t port_;
    pid_t process_ = 0;
    std::atomic<int> databases_ = 0;
};

/// A new, empty database and what it is called in a test's messages.
struct TestDatabase {
    std::string engine;
    std::string url;
    std::shared_ptr<TestDirectory> directory;  ///< of the SQLite file
};

/// A new, empty SQLite file.
[[nodiscard]] TestDatabase new_sqlite_database();

/// A new, empty PostgreSQL database.
[[nodiscard]] TestDatabase new_postgres_database();

/// One new, empty database of each engine: a store's tests run on both.
///   for (auto const& fresh : databases_for_tests()) { CAPTURE(fresh.engine); … }
[[nodiscard]] std::vector<TestDatabase> databases_for_tests();

}  // namespace kith::tests
