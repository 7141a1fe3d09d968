#pragma once
// Only database/*.cpp includes this.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "database/postgres_connect.hpp"

namespace kith::database {

class WatchedSession;

/// Ends the wait for a PostgreSQL server that says nothing. Where its processes or its disk stand
/// still, its machine goes on to keep the connections, so no deadline of the network ends it. A
/// statement may take long, too: only a server that doesn't answer a new session either is silent.
class SilenceWatch {
public:
    SilenceWatch();
    ~SilenceWatch();
    SilenceWatch(SilenceWatch const&) = delete;
    SilenceWatch& operator=(SilenceWatch const&) = delete;

private:
    friend class WatchedSession;
    using Servers = std::set<postgres::Reach::Options>;
    void work();
    /// Those that have owed somebody an answer for long.
    [[nodiscard]] Servers servers_in_debt() const;
    void cut(Servers const& silent);

    std::mutex mutex_;
    std::condition_variable stopping_;
    bool is_stopping_ = false;
    std::vector<WatchedSession*> sessions_;
    std::thread thread_;
};

/// One session under watch. It goes before its connection is closed.
class WatchedSession {
public:
    WatchedSession(SilenceWatch& watch, postgres::Reach reach);
    ~WatchedSession();
    WatchedSession(WatchedSession const&) = delete;
    WatchedSession& operator=(WatchedSession const&) = delete;

private:
    friend class AwaitedAnswer;
    friend class SilenceWatch;
    SilenceWatch& watch_;
    postgres::Reach const reach_;
    /// When the statement began that is waited for; the beginning of the clock: none is.
    std::atomic<std::chrono::steady_clock::time_point> since_{};
};

/// While a session waits for an answer. A session that nobody watches is null.
class AwaitedAnswer {
public:
    explicit AwaitedAnswer(WatchedSession* session) : session_(session) {
        if (session_) session_->since_ = std::chrono::steady_clock::now();
    }
    ~AwaitedAnswer() {
        if (session_) session_->since_ = std::chrono::steady_clock::time_point{};
    }
    AwaitedAnswer(AwaitedAnswer const&) = delete;
    AwaitedAnswer& operator=(AwaitedAnswer const&) = delete;

private:
    WatchedSession* session_;
};

}  // namespace kith::database
