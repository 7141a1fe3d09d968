#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kith {

/// A few threads of their own for slow work (password hashes, pictures, mail), behind a bounded
/// queue. Work handles its own errors: what it throws ends the program.
class BlockingPool {
public:
    BlockingPool(std::size_t threads, std::size_t waiting_max);
    /// Stops as stop() does.
    ~BlockingPool();
    BlockingPool(BlockingPool const&) = delete;
    BlockingPool& operator=(BlockingPool const&) = delete;

    /// Queues `work`; false, and nothing done, when the queue is full or the pool has stopped.
    [[nodiscard]] bool try_post(std::function<void()> work);

    /// Takes nothing new, finishes all that was accepted, and joins the threads.
    void stop();

private:
    void run();

    std::size_t const waiting_max_;
    std::mutex mutex_;
    std::mutex joining_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace kith
