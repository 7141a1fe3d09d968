#pragma once
// What a statement costs, counted and not timed: the instructions that SQLite's machine takes for
// it. The same database and the same statement always take the same number.

#include <sqlite3.h>

#include <cstddef>
#include <string>

#include "database/connection.hpp"

namespace kith::tests {

/// A reading session of a SQLite database that counts its instructions.
class CountedSession {
public:
    explicit CountedSession(std::string const& url)
        : connection_(database::address_of(url), database::Purpose::reading) {
        sqlite3_progress_handler(connection_.sqlite().handle(), 1, count, &steps_);
    }
    CountedSession(CountedSession const&) = delete;
    CountedSession& operator=(CountedSession const&) = delete;

    /// The steps that `work` takes with a read of this session.
    template <class Work>
    [[nodiscard]] std::size_t steps_of(Work const& work) {
        auto const before = steps_;
        database::Read read(connection_);
        work(read);
        return steps_ - before;
    }

private:
    static int count(void* steps) {
        ++*static_cast<std::size_t*>(steps);
        return 0;
    }

    database::Connection connection_;
    std::size_t steps_ = 0;
};

}  // namespace kith::tests
