#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>
#include <vector>

#include "web/http.hpp"

namespace kith::web {

/// The proxies whose word on who asks is taken.
class TrustedProxies {
public:
    /// Throws std::invalid_argument that names what isn't an address.
    explicit TrustedProxies(std::vector<std::string> const& addresses);

    /// Sets `peer` and `over_tls` of a request that came from `sender`. Only a trusted sender's
    /// X-Forwarded-For and X-Forwarded-Proto count, and of these what trusted ones appended.
    void name_peer(HttpRequest& request, boost::asio::ip::address const& sender) const;

    [[nodiscard]] bool trusts(boost::asio::ip::address const& address) const;

private:
    [[nodiscard]] boost::asio::ip::address client_behind(HttpRequest const& request,
                                                         boost::asio::ip::address sender) const;

    std::vector<boost::asio::ip::address> addresses_;
};

/// `address`, or the IPv4 address that it maps.
[[nodiscard]] boost::asio::ip::address without_mapping(boost::asio::ip::address const& address);

}  // namespace kith::web
