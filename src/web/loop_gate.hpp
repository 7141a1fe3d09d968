#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace kith::web {

/// The way into an I/O thread from any other. It outlives the thread: an answer that comes when
/// the server has stopped meets a closed gate and is dropped.
class LoopGate {
public:
    explicit LoopGate(boost::asio::io_context& context) : context_(&context) {}

    /// Runs `work` on the I/O thread, soon, never at once.
    template <class Work>
    void post(Work work) {
        std::shared_lock const lock(mutex_);
        if (context_) boost::asio::post(*context_, std::move(work));
    }
    [[nodiscard]] bool is_here() {
        std::shared_lock const lock(mutex_);
        return context_ && context_->get_executor().running_in_this_thread();
    }
    void close() {
        std::lock_guard const lock(mutex_);
        context_ = nullptr;
    }

private:
    std::shared_mutex mutex_;  ///< alone only to close: answers don't wait for each other
    boost::asio::io_context* context_;
};

}  // namespace kith::web
