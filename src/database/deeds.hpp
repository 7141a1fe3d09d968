#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "database/session.hpp"

namespace kith::database {

/// A piece of writing: all of it is kept, or none. It may be run again (PostgreSQL, after a
/// serialization failure), so it changes nothing but the database.
using Deed = std::function<void(Write&)>;
/// Told once a deed is durable (null) or refused (why); from a thread of the database.
using Done = std::function<void(std::exception_ptr)>;
/// Told of an error that nobody waits for, as a sentence without members' words.
using OnFault = std::function<void(std::string const&)>;

/// A deed that waits to be done.
struct WaitingDeed {
    Deed deed;
    Done done;
};

/// The deeds that wait, first come, first served; bounded.
class DeedQueue {
public:
    /// Refuses with Refusal::nothing_saved when full or closed.
    void put(WaitingDeed deed);
    /// Up to `most` deeds; none after `patience` without any. `closed()` tells the end.
    [[nodiscard]] std::vector<WaitingDeed> take(std::size_t most,
                                                std::chrono::milliseconds patience);
    /// No more deeds are taken in; those that wait are still given out.
    void close();
    [[nodiscard]] bool drained();
    [[nodiscard]] std::size_t size();

private:
    std::mutex mutex_;
    std::condition_variable condition_;
    std::deque<WaitingDeed> waiting_;
    bool closed_ = false;
};

/// What both writers share with the database that they belong to.
struct WriterShared {
    DeedQueue queue;
    Bell& jobs_bell;
    std::atomic<std::uint64_t>& version;
    OnFault on_fault;
    std::function<void()> on_commit;  ///< of a database that other nodes write as well
};

/// Runs what was to follow a commit; an error there is told, not thrown: the deed is done.
void run_after_commit(std::vector<std::function<void()>> const& works, OnFault const& on_fault);
/// Tells who waits for a deed how it ended, and gives the error away: from here on it is theirs.
void tell(Done const& done, std::exception_ptr error, OnFault const& on_fault);
/// What the one who asked is told of an error: storage, lost connections and conflicts that don't
/// end become Refusal::nothing_saved; the rest stays what it is. What is hidden so is told to
/// `on_fault`.
[[nodiscard]] std::exception_ptr as_refusal(std::exception_ptr error, OnFault const& on_fault);

}  // namespace kith::database
