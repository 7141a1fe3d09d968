#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "web/http.hpp"

namespace kith::web {

class LiveOrder;  // web/live_order.hpp

/// Who hears a live event: asked once for each subscription that listens to its topic.
using Audience = std::function<bool(Viewer const&)>;

/// A place in the order in which the messages of one thing are told. It is taken while the deed
/// holds that thing, and used once the deed is kept: whatever thread is first, the message of an
/// earlier place is told before that of a later one. A place that goes unused is passed over.
class LiveTurn {
public:
    LiveTurn(std::shared_ptr<LiveOrder> order, std::string of);
    ~LiveTurn();
    LiveTurn(LiveTurn const&) = delete;
    LiveTurn& operator=(LiveTurn const&) = delete;

    /// Runs `tell` when all before it are through, maybe on the thread of one of these.
    void use(std::function<void()> tell);

private:
    std::shared_ptr<LiveOrder> order_;
    std::string of_;
    std::uint64_t number_;
    bool is_used_ = false;
};

/// Hands live events to the open event streams of this process. Safe to call from any thread.
/// A stream that lags by more than limits::stream_messages_waiting_max messages is closed: its
/// browser comes back with Last-Event-ID and is given what it missed from the database.
class LiveHub {
public:
    LiveHub();
    ~LiveHub();
    LiveHub(LiveHub const&) = delete;
    LiveHub& operator=(LiveHub const&) = delete;

    /// Begins to collect what is published to `topics` from now on, for `viewer`.
    [[nodiscard]] std::shared_ptr<LiveSubscription> subscribe(Viewer viewer,
                                                              std::vector<std::string> topics);
    /// The next place in the order of what is told of `of`; see LiveTurn.
    [[nodiscard]] std::shared_ptr<LiveTurn> take_turn(std::string of);
    /// Delivers `message` to each subscription of `topic` that `audience` admits.
    void publish(std::string const& topic, LiveMessage message, Audience const& audience);
    /// Ends each stream of `member`: a session of theirs ended, or their role changed. Browsers
    /// that may still listen come back by themselves, and are asked anew who they are.
    void end_streams_of(Id<Member> member);
    /// Ends every stream: the server stops.
    void end_all();
    [[nodiscard]] std::size_t stream_count() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::web
