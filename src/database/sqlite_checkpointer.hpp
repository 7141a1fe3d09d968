#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "database/connection.hpp"

namespace kith::database {

/// Moves pages from SQLite's write-ahead log into the database while the writer goes on: else every
/// few hundred comments would wait for a disk that isn't theirs to wait for. It never catches up
/// with a busy writer, which moves the few pages that are left by itself.
class SqliteCheckpointer {
public:
    explicit SqliteCheckpointer(Address const& address);
    ~SqliteCheckpointer();
    SqliteCheckpointer(SqliteCheckpointer const&) = delete;
    SqliteCheckpointer& operator=(SqliteCheckpointer const&) = delete;

    /// Asks for a round, unless one is under way; true if one has ended since this was asked last.
    [[nodiscard]] bool has_moved();

private:
    enum class Round { none, asked, ended };

    void work();

    Connection connection_;
    std::mutex mutex_;
    std::condition_variable condition_;
    Round round_ = Round::none;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace kith::database
