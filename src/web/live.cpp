#include "web/live.hpp"

#include <mutex>
#include <unordered_map>

#include "base/limits.hpp"
#include "web/live_order.hpp"
#include "web/live_subscription.hpp"

namespace kith::web {

/// Who listens to what. Apart from the hub, because a subscription may outlive that.
class LiveRegistry {
public:
    using Listeners = std::vector<std::shared_ptr<LiveSubscription>>;

    void add(std::shared_ptr<LiveSubscription> const& subscription) {
        std::lock_guard const lock(mutex_);
        all_.emplace(subscription.get(), subscription);
        for (auto const& topic : subscription->topics())
            topics_[topic].emplace(subscription.get(), subscription);
    }

    void remove(LiveSubscription* subscription) {
        std::lock_guard const lock(mutex_);
        all_.erase(subscription);
        for (auto const& topic : subscription->topics()) {
            auto const found = topics_.find(topic);
            if (found == topics_.end()) continue;  // the same topic named twice
            found->second.erase(subscription);
            if (found->second.empty()) topics_.erase(found);
        }
    }

    [[nodiscard]] Listeners listeners_of(std::string const& topic) const {
        std::lock_guard const lock(mutex_);
        auto const found = topics_.find(topic);
        return found == topics_.end() ? Listeners{} : alive(found->second);
    }

    [[nodiscard]] Listeners everyone() const {
        std::lock_guard const lock(mutex_);
        return alive(all_);
    }

    [[nodiscard]] std::size_t size() const {
        std::lock_guard const lock(mutex_);
        return all_.size();
    }

private:
    using Subscriptions = std::unordered_map<LiveSubscription*, std::weak_ptr<LiveSubscription>>;

    /// Owners, so that what follows needs no lock and nothing vanishes meanwhile.
    static Listeners alive(Subscriptions const& subscriptions) {
        Listeners listeners;
        listeners.reserve(subscriptions.size());
        for (auto const& [key, subscription] : subscriptions)
            if (auto owner = subscription.lock()) listeners.push_back(std::move(owner));
        return listeners;
    }

    mutable std::mutex mutex_;
    Subscriptions all_;
    std::unordered_map<std::string, Subscriptions> topics_;
};

LiveSubscription::LiveSubscription(std::weak_ptr<LiveRegistry> registry, Viewer viewer,
                                   std::vector<std::string> topics)
    : registry_(std::move(registry)), viewer_(viewer), topics_(std::move(topics)) {}

LiveSubscription::~LiveSubscription() {
    if (auto const registry = registry_.lock()) registry->remove(this);
}

void LiveSubscription::listen(std::shared_ptr<Wake const> wake, std::uint64_t stream) {
    std::lock_guard const lock(mutex_);
    wake_ = std::move(wake);
    stream_ = stream;
    woken_ = false;
}

LiveSubscription::Waiting LiveSubscription::take() {
    std::lock_guard const lock(mutex_);
    woken_ = false;
    return {std::exchange(waiting_, {}), ended_};
}

bool LiveSubscription::has_ended() {
    std::lock_guard const lock(mutex_);
    return ended_;
}

void LiveSubscription::begin_after(std::int64_t place, std::shared_ptr<void> lease) {
    std::lock_guard const lock(mutex_);
    had_ = place;
    lease_ = std::move(lease);
    std::erase_if(waiting_, [place](LiveMessage const& message) {
        return message.place != 0 && message.place <= place;
    });
}

void LiveSubscription::push(LiveMessage const& message) {
    std::unique_lock lock(mutex_);
    if (ended_ || (message.place != 0 && message.place <= had_)) return;
    if (waiting_.size() < limits::stream_messages_waiting_max) {
        waiting_.push_back(message);
    } else {
        // A gap would lose a message for good; coming back with Last-Event-ID loses none.
        waiting_.clear();
        ended_ = true;
    }
    wake(std::move(lock));
}

void LiveSubscription::end() {
    std::unique_lock lock(mutex_);
    ended_ = true;
    wake(std::move(lock));
}

/// Wakes outside the lock, once until the next take(). An end is told at once: a stream that
/// waits for its client to read takes nothing.
void LiveSubscription::wake(std::unique_lock<std::mutex> lock) {
    auto const knows = std::exchange(woken_, true) && !ended_;
    auto const listener = wake_;
    lock.unlock();
    if (listener && !knows) (*listener)(stream_);
}

struct LiveHub::Parts {
    std::shared_ptr<LiveRegistry> registry = std::make_shared<LiveRegistry>();
    std::shared_ptr<LiveOrder> order = std::make_shared<LiveOrder>();
};

LiveHub::LiveHub() : parts_(std::make_unique<Parts>()) {}

LiveHub::~LiveHub() = default;

std::shared_ptr<LiveSubscription> LiveHub::subscribe(Viewer viewer,
                                                     std::vector<std::string> topics) {
    auto subscription =
        std::make_shared<LiveSubscription>(parts_->registry, viewer, std::move(topics));
    parts_->registry->add(subscription);
    return subscription;
}

std::shared_ptr<LiveTurn> LiveHub::take_turn(std::string of) {
    return std::make_shared<LiveTurn>(parts_->order, std::move(of));
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): a message is handed over, not lent
void LiveHub::publish(std::string const& topic, LiveMessage message, Audience const& audience) {
    for (auto const& listener : parts_->registry->listeners_of(topic))
        if (audience(listener->viewer())) listener->push(message);
}

void LiveHub::end_streams_of(Id<Member> member) {
    for (auto const& subscription : parts_->registry->everyone())
        if (subscription->viewer().member == member) subscription->end();
}

void LiveHub::end_all() {
    for (auto const& subscription : parts_->registry->everyone()) subscription->end();
}

std::size_t LiveHub::stream_count() const { return parts_->registry->size(); }

}  // namespace kith::web
