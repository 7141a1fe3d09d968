#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace kith::database {

/// Wakes who waits for work before their time is up.
class Bell {
public:
    void ring() {
        {
            std::scoped_lock const lock(mutex_);
            rung_ = true;
        }
        condition_.notify_all();
    }
    /// Returns at a ring (also one that came before the call) or after `time`.
    void wait_for(std::chrono::milliseconds time) {
        std::unique_lock lock(mutex_);
        condition_.wait_for(lock, time, [&] { return rung_; });
        rung_ = false;
    }

private:
    std::mutex mutex_;
    std::condition_variable condition_;
    bool rung_ = false;
};

}  // namespace kith::database
