#pragma once

#include <chrono>
#include <string>

#include <boost/asio/ip/address.hpp>

namespace kith::notify {

/// Whether `address` is one of the open internet: not this machine, not a network behind it, not
/// one that is kept for documentation or for many at once (IANA's special-purpose registries).
[[nodiscard]] bool is_public_address(boost::asio::ip::address const& address);

/// Where a push service may be.
enum class PushReach {
    internet,  ///< https at a public address
    loopback,  ///< for tests: this machine as well, without TLS
};

/// Whether words may be sent to `endpoint` at all; its address is looked at again on connecting.
[[nodiscard]] bool is_push_endpoint(std::string const& endpoint, PushReach reach);
/// The origin of a push endpoint, as VAPID names its audience: "https://push.example".
[[nodiscard]] std::string origin_of(std::string const& endpoint);

/// A message for a push service (RFC 8030).
struct PushPost {
    std::string endpoint;
    std::string authorization;
    std::string body;
    std::string topic;  ///< a later message takes the place of one that wasn't delivered
    std::chrono::seconds keep_for{0};
    PushReach reach = PushReach::internet;
};

enum class PushAnswer {
    taken,
    gone,     ///< nobody is there any more: the subscription has ended
    later,    ///< too busy, or not to be reached
    refused,  ///< will never be taken
};

/// Posts to the push service; blocks up to limits::push_time_max, and follows no redirection.
[[nodiscard]] PushAnswer post_push(PushPost const& post);

}  // namespace kith::notify
