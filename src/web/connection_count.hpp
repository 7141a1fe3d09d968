#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>

namespace kith::web {

/// How many connections are open, so that there can be a most, and an end to wait for.
class ConnectionCount {
public:
    /// Counts one more, unless `most` are open.
    [[nodiscard]] bool enter(std::size_t most) {
        if (open_.fetch_add(1) < most) return true;
        leave();
        return false;
    }
    void leave() {
        std::lock_guard const lock(mutex_);
        if (open_.fetch_sub(1) == 1) none_.notify_all();
    }
    /// Waits until none is open, at most `time`.
    void wait_for_none(std::chrono::milliseconds time) {
        std::unique_lock lock(mutex_);
        none_.wait_for(lock, time, [this] { return open_ == 0; });
    }
    [[nodiscard]] std::size_t open() const { return open_; }

private:
    std::atomic<std::size_t> open_ = 0;
    std::mutex mutex_;
    std::condition_variable none_;
};

/// One connection's place in the count; given back when it is destroyed.
class ConnectionPlace {
public:
    explicit ConnectionPlace(ConnectionCount& count) : count_(&count) {}
    ConnectionPlace(ConnectionPlace&& other) noexcept
        : count_(std::exchange(other.count_, nullptr)) {}
    ConnectionPlace& operator=(ConnectionPlace&& other) noexcept {
        std::swap(count_, other.count_);
        return *this;
    }
    ~ConnectionPlace() {
        if (count_) count_->leave();
    }

private:
    ConnectionCount* count_;
};

}  // namespace kith::web
