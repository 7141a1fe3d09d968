#pragma once

#include <atomic>
#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace kith::web {

/// The network that an address stands for: an IPv4 address itself, of IPv6 the /64, which is what
/// one customer holds. A mapped IPv4 address is taken off its mapping before.
enum class Network : std::uint64_t {};
[[nodiscard]] Network network_of(boost::asio::ip::address const& address);

/// How many connections are open, in all and of each network, so that there can be a most, and an
/// end to wait for.
class ConnectionCount {
public:
    /// Counts one more, unless `most` are open, or `most_of_network` of its network. Without a
    /// network (a trusted proxy's) only the first holds.
    [[nodiscard]] bool enter(std::size_t most, std::optional<Network> network,
                             std::size_t most_of_network);
    void leave(std::optional<Network> network);
    /// Waits until none is open, at most `time`.
    void wait_for_none(std::chrono::milliseconds time);
    [[nodiscard]] std::size_t open() const { return open_; }

private:
    std::atomic<std::size_t> open_ = 0;
    std::mutex mutex_;
    std::condition_variable none_;
    std::unordered_map<Network, std::size_t> of_network_;
};

/// One connection's place in the count; given back when it is destroyed.
class ConnectionPlace {
public:
    ConnectionPlace(ConnectionCount& count, std::optional<Network> network)
        : count_(&count), network_(network) {}
    ConnectionPlace(ConnectionPlace&& other) noexcept
        : count_(std::exchange(other.count_, nullptr)), network_(other.network_) {}
    ConnectionPlace& operator=(ConnectionPlace&& other) noexcept {
        std::swap(count_, other.count_);
        std::swap(network_, other.network_);
        return *this;
    }
    ~ConnectionPlace() {
        if (count_) count_->leave(network_);
    }

private:
    ConnectionCount* count_;
    std::optional<Network> network_;
};

}  // namespace kith::web
