#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "web/http.hpp"

namespace kith::web {

class LiveRegistry;  // web/live.cpp

/// What waits for one event stream. It leaves its hub when the last owner drops it.
class LiveSubscription {
public:
    LiveSubscription(std::weak_ptr<LiveRegistry> registry, Viewer viewer,
                     std::vector<std::string> topics);
    ~LiveSubscription();
    LiveSubscription(LiveSubscription const&) = delete;
    LiveSubscription& operator=(LiveSubscription const&) = delete;

    [[nodiscard]] Viewer const& viewer() const { return viewer_; }
    [[nodiscard]] std::vector<std::string> const& topics() const { return topics_; }

    /// Told a stream's number, on any thread, when something waits: once until it is taken, and
    /// again when it has ended.
    using Wake = std::function<void(std::uint64_t stream)>;
    /// From now on `wake` hears of what waits. It is shared: a process has many streams.
    void listen(std::shared_ptr<Wake const> wake, std::uint64_t stream);

    struct Waiting {
        std::vector<LiveMessage> messages;
        bool ended = false;  ///< nothing comes after these
    };
    [[nodiscard]] Waiting take();
    [[nodiscard]] bool has_ended();

    /// Had are the messages up to `place`, whether they wait already or come yet. `lease` is kept
    /// as long as the subscription.
    void begin_after(std::int64_t place, std::shared_ptr<void> lease);
    void push(LiveMessage const& message);
    void end();

private:
    void wake(std::unique_lock<std::mutex> lock);

    std::weak_ptr<LiveRegistry> registry_;
    Viewer const viewer_;
    std::vector<std::string> const topics_;
    std::mutex mutex_;
    std::vector<LiveMessage> waiting_;
    std::shared_ptr<Wake const> wake_;
    std::shared_ptr<void> lease_;
    std::uint64_t stream_ = 0;
    std::int64_t had_ = 0;
    bool ended_ = false;
    bool woken_ = false;
};

}  // namespace kith::web
