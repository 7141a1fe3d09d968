#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "web/live_subscription.hpp"
#include "web/loop_gate.hpp"
#include "web/service.hpp"

namespace kith::web {

/// The event streams of one I/O thread. A message is one buffer that all of them send; each keeps
/// only its place in it. Sending to many happens in slices, so that pages are served in between.
class EventStreams {
public:
    EventStreams(net::io_context& context, std::shared_ptr<LoopGate> gate,
                 ServerTimes const& times);

    /// Sends `head`, what was missed, then what comes. Like all below, on the I/O thread only.
    void adopt(Socket socket, ConnectionPlace place, std::string head, EventStream answer);
    /// Sends heartbeats, and ends streams that are old or whose client takes nothing.
    void sweep(Instant now);
    void end_all();

private:
    using Frame = std::shared_ptr<std::string const>;

    struct Stream {
        Socket socket;
        ConnectionPlace place;
        std::shared_ptr<LiveSubscription> subscription;
        std::vector<Frame> sending;
        std::size_t frames_sent = 0;      ///< of `sending`
        std::size_t bytes_sent = 0;       ///< of the frame after those
        std::vector<std::string> missed;  ///< ids that the client has and that may yet come live
        Instant began;
        Instant quiet_since;
        bool is_blocked = false;
        bool wants_heartbeat = false;
    };

    /// The numbers of streams that have something to send; other threads add to it.
    struct Inbox {
        std::mutex mutex;
        std::vector<std::uint64_t> numbers;
        bool is_scheduled = false;
    };

    void schedule(std::uint64_t number);
    void send_slice();
    void send(std::uint64_t number);
    [[nodiscard]] bool refill(Stream& stream);
    [[nodiscard]] static std::size_t send_some(Stream& stream, boost::system::error_code& error);
    static void advance(Stream& stream, std::size_t bytes);
    void wait_until_writable(std::uint64_t number, Stream& stream);
    void wait_for_disconnect(std::uint64_t number, Stream& stream);

    net::io_context& context_;
    std::shared_ptr<LoopGate> gate_;
    ServerTimes const times_;
    Frame const heartbeat_;
    std::unordered_map<std::uint64_t, Stream> streams_;
    std::uint64_t last_number_ = 0;
    std::shared_ptr<Inbox> inbox_;
    std::shared_ptr<LiveSubscription::Wake const> wake_;
    std::vector<std::uint64_t> turn_;
    std::size_t turn_done_ = 0;
};

}  // namespace kith::web
