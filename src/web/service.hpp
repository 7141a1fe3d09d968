#pragma once

#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>

#include "web/connection_count.hpp"
#include "web/server.hpp"
#include "web/trusted_proxies.hpp"

namespace kith::web {

namespace net = boost::asio;
using Instant = std::chrono::steady_clock::time_point;
using Socket = net::basic_stream_socket<net::ip::tcp, net::io_context::executor_type>;

/// What all I/O threads of a server share.
struct Service {
    Service(ServerSettings given, Answerer asked, BodyLimit limit)
        : settings(std::move(given)),
          answerer(std::move(asked)),
          body_limit(std::move(limit)),
          trusted_proxies(settings.trusted_proxies) {}

    ServerSettings const settings;
    Answerer const answerer;
    BodyLimit const body_limit;
    TrustedProxies const trusted_proxies;

    ConnectionCount connections;
    std::atomic<std::size_t> body_bytes = 0;  ///< of all requests that are read or answered now
    std::atomic<std::uint64_t> connections_refused = 0;
    std::atomic<std::uint64_t> requests = 0;
    std::atomic<std::uint64_t> requests_malformed = 0;
    std::atomic<std::uint64_t> requests_timed_out = 0;
};

}  // namespace kith::web
