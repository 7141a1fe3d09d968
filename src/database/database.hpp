#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "database/deeds.hpp"
#include "database/session.hpp"

namespace kith::database {

struct DatabaseSettings {
    /// "sqlite:///path/kith.db" or "postgresql://user@host:port/name"
    std::string url;
    std::size_t readers = 2;  ///< sessions for reading at start; more are opened under demand
    std::size_t writers = 8;  ///< sessions for writing on PostgreSQL; SQLite has one
    /// Told of errors that nobody waits for, as sentences without members' words.
    OnFault on_fault = [](std::string const&) {};
};

/// The one database of a community, on either engine. Safe to use from any thread.
class Database {
public:
    /// Opens the database; throws DatabaseError if that can't be done.
    explicit Database(DatabaseSettings settings);
    /// Does the deeds that wait, then closes.
    ~Database();
    Database(Database const&) = delete;
    Database& operator=(Database const&) = delete;

    [[nodiscard]] Engine engine() const;

    /// Runs `work(Read&)` in one read transaction and gives back its result. It may run twice,
    /// when a connection to PostgreSQL is lost. A database that can't be read refuses with
    /// Refusal::nothing_saved.
    template <class Work>
    auto read(Work&& work) {
        using Result = std::invoke_result_t<Work&, Read&>;
        if constexpr (std::is_void_v<Result>) {
            run_read([&work](Read& read) { work(read); });
        } else {
            std::optional<Result> result;
            run_read([&work, &result](Read& read) { result.emplace(work(read)); });
            return *std::move(result);
        }
    }

    /// Queues `deed`; `done` is called after it is on the disk. SQLite: one writer with group
    /// commit. PostgreSQL: a pool. Refuses with Refusal::nothing_saved when the queue is full.
    void write(Deed deed, Done done);

    /// Runs `work(Write&)` as a deed and waits for it: commands, jobs and tests.
    template <class Work>
    auto write_now(Work&& work) {
        using Result = std::invoke_result_t<Work&, Write&>;
        if constexpr (std::is_void_v<Result>) {
            wait_for_write([&work](Write& write) { work(write); });
        } else {
            std::optional<Result> result;
            wait_for_write([&work, &result](Write& write) { result.emplace(work(write)); });
            return *std::move(result);
        }
    }

    /// Runs `work(Write&)` at once, on this thread, in a small transaction beside the deeds: for
    /// what one statement decides by itself, such as a count that nodes share. It may run twice,
    /// when a connection is lost. PostgreSQL: read committed. SQLite: a deed like others.
    void write_apart(std::function<void(Write&)> const& work);

    /// Grows with every commit of this process, and on SQLite within a second of another's; an
    /// unchanged number means unchanged data. Where several nodes serve one database, web/nodes
    /// has it grow with the others' commits.
    [[nodiscard]] std::uint64_t version() const;
    /// Another process has written: what was kept of reading is old.
    void note_outside_change();
    /// On PostgreSQL, calls `tell` after each commit, before it is acknowledged. Before the first
    /// deed.
    void on_commit(std::function<void()> tell);

    /// Does the deeds that wait and what follows them, and returns; later ones are refused with
    /// Refusal::nothing_saved. Reading goes on.
    void finish_writing();

    /// How many deeds wait to be done; for /metrics.
    [[nodiscard]] std::size_t deeds_waiting();

    /// Throws an error that says why if the database can't be read; for /readyz.
    void check();

    /// Writes a copy of the SQLite database, as of one moment and checked whole, into the new file
    /// `path`; the community goes on meanwhile. Throws std::runtime_error otherwise.
    void backup_to(std::string const& path);

    /// Where the database is; only for what opens a session of its own (the migrator).
    [[nodiscard]] std::string const& url() const;
    /// Rings when a deed has queued a job; see jobs.hpp.
    [[nodiscard]] Bell& jobs_bell();

private:
    struct Parts;
    void run_read(std::function<void(Read&)> const& work);
    void wait_for_write(Deed deed);

    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::database
