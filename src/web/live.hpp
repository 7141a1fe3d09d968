#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "web/http.hpp"

namespace kith::web {

/// Who hears a live event: asked once for each subscription that listens to its topic.
using Audience = std::function<bool(Viewer const&)>;

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
