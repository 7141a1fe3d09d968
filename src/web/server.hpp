#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "web/http.hpp"
#include "web/live.hpp"

namespace kith::web {

/// How long the server waits for what. Deadlines are looked at once every `sweep`.
struct ServerTimes {
    std::chrono::milliseconds request = limits::request_time_max;
    std::chrono::milliseconds idle = limits::idle_time_max;
    std::chrono::milliseconds answer = limits::answer_time_max;
    std::chrono::milliseconds linger = limits::linger_time_max;
    std::chrono::milliseconds heartbeat = limits::stream_heartbeat;
    std::chrono::milliseconds stream = limits::stream_age_max;
    std::chrono::milliseconds sweep{250};
};

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                      ///< 0 takes a free one: see Server::port()
    std::size_t io_threads = 0;                     ///< 0: one a core
    std::vector<std::string> trusted_proxies = {};  ///< X-Forwarded-For and -Proto of these count
    std::size_t connections_max = limits::connections_max;
    std::size_t connections_of_network_max = limits::connections_of_network_max;
    std::size_t all_bodies_bytes_max = limits::all_bodies_bytes_max;
    std::chrono::milliseconds drain_time_max{10'000};
    ServerTimes times = {};
};

/// What the server did since it began; for /metrics.
struct ServerCounts {
    std::uint64_t connections_open = 0;
    std::uint64_t connections_refused = 0;
    std::uint64_t requests = 0;
    std::uint64_t requests_malformed = 0;
    std::uint64_t requests_timed_out = 0;
};

/// Gives an answer to a request, from any thread: the first call counts. When the last copy is
/// dropped without a call, the client gets 500.
using Reply = std::function<void(HttpResponse)>;
/// Answers requests; called on an I/O thread and must not block it.
using Answerer = std::function<void(HttpRequest, Reply)>;
/// What a request's body may take.
struct BodyAllowance {
    // NOLINTNEXTLINE(google-explicit-constructor): mostly a size is all there is to say
    BodyAllowance(std::size_t bytes, bool uploads = false) : bytes_max(bytes), is_upload(uploads) {}

    std::size_t bytes_max;
    bool is_upload;  ///< its time grows with the size that it announces
};
/// How large a body a request to this target may have, and how long it may take.
using BodyLimit = std::function<BodyAllowance(Verb, std::string_view target)>;

/// Listens, reads requests within limits, sends answers. HTTP/1.1 with keep-alive (RFC 9112).
class Server {
public:
    Server(ServerSettings settings, Answerer answerer, BodyLimit body_limit);
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    /// Binds and serves on its own threads; throws std::system_error if the address is taken.
    void start();
    /// Stops accepting, lets requests under way finish (drain_time_max), ends streams, joins.
    void stop();
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] ServerCounts counts() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::web
