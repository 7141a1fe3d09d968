#include "web/event_streams.hpp"

#include <array>

namespace kith::web {
namespace {

constexpr std::size_t streams_a_slice = 200;
constexpr std::size_t frames_a_send = 16;

}  // namespace

EventStreams::EventStreams(net::io_context& context, std::shared_ptr<LoopGate> gate,
                           ServerTimes const& times)
    : context_(context),
      gate_(std::move(gate)),
      times_(times),
      heartbeat_(std::make_shared<std::string const>(":\n\n")),
      inbox_(std::make_shared<Inbox>()) {
    // Holds nothing of `this` but what `this` may outlive: a publisher can be in the middle of a
    // call when the server stops. The gate is closed by then.
    wake_ = std::make_shared<LiveSubscription::Wake const>(
        [this, inbox = inbox_, gate = gate_](std::uint64_t number) {
            std::lock_guard const lock(inbox->mutex);
            inbox->numbers.push_back(number);
            if (std::exchange(inbox->is_scheduled, true)) return;
            gate->post([this] { send_slice(); });
        });
}

void EventStreams::schedule(std::uint64_t number) { (*wake_)(number); }

void EventStreams::adopt(Socket socket, ConnectionPlace place, std::string head,
                         EventStream answer) {
    auto const number = ++last_number_;
    auto const now = std::chrono::steady_clock::now();
    Stream stream{.socket = std::move(socket),
                  .place = std::move(place),
                  .subscription = std::move(answer.subscription),
                  .sending = {},
                  .missed = {},
                  .began = now,
                  .quiet_since = now};
    stream.sending.push_back(std::make_shared<std::string const>(std::move(head)));
    for (auto& message : answer.missed) {
        if (message.frame) stream.sending.push_back(std::move(message.frame));
        if (!message.id.empty()) stream.missed.push_back(std::move(message.id));
    }
    stream.subscription->listen(wake_, number);
    auto& kept = streams_.emplace(number, std::move(stream)).first->second;
    wait_for_disconnect(number, kept);
    send(number);
}

/// Takes turns with all else that this thread does.
void EventStreams::send_slice() {
    if (turn_done_ == turn_.size()) {
        turn_.clear();
        turn_done_ = 0;
        std::lock_guard const lock(inbox_->mutex);
        std::swap(turn_, inbox_->numbers);
        inbox_->is_scheduled = !turn_.empty();
        if (turn_.empty()) return;
    }
    auto const end = std::min(turn_.size(), turn_done_ + streams_a_slice);
    while (turn_done_ < end) send(turn_[turn_done_++]);
    net::post(context_, [this] { send_slice(); });
}

void EventStreams::send(std::uint64_t number) {
    auto const found = streams_.find(number);
    if (found == streams_.end()) return;
    auto& stream = found->second;
    if (stream.is_blocked) {
        auto const is_over = !stream.subscription || stream.subscription->has_ended();
        if (is_over) streams_.erase(found);
        return;
    }
    for (;;) {
        if (stream.frames_sent == stream.sending.size() && !refill(stream)) break;
        boost::system::error_code error;
        auto const bytes = send_some(stream, error);
        if (error == net::error::would_block) return wait_until_writable(number, stream);
        if (error) break;
        advance(stream, bytes);
        stream.quiet_since = std::chrono::steady_clock::now();
    }
    auto const is_over = stream.frames_sent < stream.sending.size() || !stream.subscription;
    if (is_over) streams_.erase(found);
}

/// Takes what waits; false when there is nothing to send now. A stream that has ended lets go of
/// its subscription once all before that is sent.
bool EventStreams::refill(Stream& stream) {
    stream.sending.clear();
    stream.frames_sent = 0;
    if (std::exchange(stream.wants_heartbeat, false)) stream.sending.push_back(heartbeat_);
    if (!stream.subscription) return false;
    auto waiting = stream.subscription->take();
    for (auto& message : waiting.messages) {
        auto const again = std::find(stream.missed.begin(), stream.missed.end(), message.id);
        if (again == stream.missed.end())
            stream.sending.push_back(std::move(message.frame));
        else
            stream.missed.erase(again);
    }
    if (waiting.ended) stream.subscription = nullptr;
    return !stream.sending.empty();
}

std::size_t EventStreams::send_some(Stream& stream, boost::system::error_code& error) {
    std::array<net::const_buffer, frames_a_send> buffers;
    std::size_t count = 0;
    auto skip = stream.bytes_sent;
    for (auto i = stream.frames_sent; i < stream.sending.size() && count < frames_a_send; ++i) {
        buffers[count++] = net::buffer(*stream.sending[i]) + std::exchange(skip, 0);
    }
    return stream.socket.write_some(std::span(buffers.data(), count), error);
}

void EventStreams::advance(Stream& stream, std::size_t bytes) {
    stream.bytes_sent += bytes;
    while (stream.frames_sent < stream.sending.size()) {
        auto const size = stream.sending[stream.frames_sent]->size();
        if (stream.bytes_sent < size) return;
        stream.bytes_sent -= size;
        ++stream.frames_sent;
    }
}

void EventStreams::wait_until_writable(std::uint64_t number, Stream& stream) {
    stream.is_blocked = true;
    stream.socket.async_wait(Socket::wait_write, [this, number](boost::system::error_code error) {
        auto const found = streams_.find(number);
        if (error || found == streams_.end()) return;
        found->second.is_blocked = false;
        send(number);
    });
}

/// A client of an event stream has nothing to say: whatever it does, the stream is over.
void EventStreams::wait_for_disconnect(std::uint64_t number, Stream& stream) {
    stream.socket.async_wait(Socket::wait_read, [this, number](boost::system::error_code error) {
        if (!error) streams_.erase(number);
    });
}

void EventStreams::sweep(Instant now) {
    std::vector<std::uint64_t> stuck;
    for (auto& [number, stream] : streams_) {
        auto const quiet = now - stream.quiet_since;
        if (stream.subscription && now - stream.began >= times_.stream) stream.subscription->end();
        if (stream.is_blocked) {
            if (quiet >= times_.answer) stuck.push_back(number);
        } else if (quiet >= times_.heartbeat && !stream.wants_heartbeat) {
            stream.wants_heartbeat = true;
            // A message is published right after its commit: none is on its way so long.
            stream.missed = {};
            schedule(number);
        }
    }
    for (auto const number : stuck) streams_.erase(number);
}

void EventStreams::end_all() { streams_.clear(); }

}  // namespace kith::web
