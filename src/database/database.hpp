#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include "database/session.hpp"

namespace kith::database {

struct DatabaseSettings {
    /// "sqlite:///path/kith.db" or "postgresql://user@host:port/name"
    std::string url;
    std::size_t readers = 2;   ///< sessions kept for reading (and writing on PostgreSQL)
};

/// A piece of writing: all of it is kept, or none. It may be run again (PostgreSQL, after a
/// serialization failure), so it changes nothing but the database.
using Deed = std::function<void(Write&)>;
/// Told once a deed is durable (null) or refused (why); from a thread of the database.
using Done = std::function<void(std::exception_ptr)>;

/// The one database of a community, on either engine. Safe to use from any thread.
class Database {
public:
    explicit Database(DatabaseSettings settings);
    ~Database();
    Database(Database const&) = delete;
    Database& operator=(Database const&) = delete;

    [[nodiscard]] Engine engine() const;

    /// Runs `work(Read&)` in one read transaction and gives back its result.
    template <class Work>
    auto read(Work&& work) {
        auto lease = lease_reader();
        return std::forward<Work>(work)(lease.read());
    }

    /// Queues `deed`; `done` is called after it is on the disk. SQLite: one writer with group
    /// commit. PostgreSQL: a pool. Refuses with Refusal::nothing_saved when the queue is full.
    void write(Deed deed, Done done);

    /// Runs `work(Write&)` as a deed and waits for it: commands, jobs and tests.
    template <class Work>
    auto write_now(Work&& work);

    /// Grows with every commit of this process; an unchanged number means unchanged data.
    [[nodiscard]] std::uint64_t version() const;

private:
    struct Parts;
    class ReadLease;
    [[nodiscard]] ReadLease lease_reader();
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::database
