#include "web/connection_count.hpp"

namespace kith::web {

Network network_of(boost::asio::ip::address const& address) {
    if (address.is_v4()) return Network{address.to_v4().to_uint()};
    // No network of IPv6 that is in use begins with as many zeros as IPv4's numbers here.
    std::uint64_t front = 0;
    auto const bytes = address.to_v6().to_bytes();
    for (std::size_t at = 0; at < 8; ++at) front = front << 8U | bytes.at(at);
    return Network{front};
}

bool ConnectionCount::enter(std::size_t most, std::optional<Network> network,
                            std::size_t most_of_network) {
    std::lock_guard const lock(mutex_);
    if (open_ >= most) return false;
    if (network) {
        auto& of_network = of_network_[*network];
        if (of_network >= most_of_network) return false;
        ++of_network;
    }
    ++open_;
    return true;
}

void ConnectionCount::leave(std::optional<Network> network) {
    std::lock_guard const lock(mutex_);
    if (network) {
        auto const found = of_network_.find(*network);
        if (--found->second == 0) of_network_.erase(found);
    }
    if (--open_ == 0) none_.notify_all();
}

void ConnectionCount::wait_for_none(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    none_.wait_for(lock, time, [this] { return open_ == 0; });
}

}  // namespace kith::web
