#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "web/server.hpp"

namespace kith::web::tests {

using namespace std::chrono_literals;

/// An answer as a client sees it; status 0 when there was none.
struct Received {
    unsigned status = 0;
    std::string head;  ///< in lower case
    std::string body;

    [[nodiscard]] bool has(std::string_view line) const {
        return head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
    }
    [[nodiscard]] bool names(std::string_view header) const {
        return head.find("\r\n" + std::string(header) + ":") != std::string::npos;
    }
};

/// A client that says exactly what it is told to, over a real socket.
class Client {
public:
    enum class Body { as_announced, none };

    explicit Client(std::uint16_t port, int receive_buffer_bytes = 0) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        timeval const patience{.tv_sec = 20, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        if (receive_buffer_bytes > 0)
            ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof(int));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~Client() { close(); }
    Client(Client&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)),
          connected_(other.connected_),
          bytes_(std::move(other.bytes_)) {}
    Client& operator=(Client&&) = delete;

    [[nodiscard]] bool is_connected() const { return connected_; }

    /// False when the other side took no more.
    bool send(std::string_view text) {
        while (!text.empty()) {
            auto const sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// Waits for something to read, `most` at most; whether there is.
    [[nodiscard]] bool hears_within(std::chrono::milliseconds most) const {
        pollfd watched{.fd = socket_, .events = POLLIN, .revents = 0};
        return ::poll(&watched, 1, static_cast<int>(most.count())) == 1;
    }

    Received receive(Body body = Body::as_announced) {
        auto const end = fill_until("\r\n\r\n");
        if (end == std::string::npos) return {};
        Received received;
        received.head = bytes_.substr(0, end + 4);
        received.status = static_cast<unsigned>(std::stoul(received.head.substr(9, 3)));
        for (auto& c : received.head) c = static_cast<char>(std::tolower(c));
        bytes_.erase(0, end + 4);
        auto const at = received.head.find("\r\ncontent-length: ");
        if (body == Body::none || at == std::string::npos) return received;
        auto const size = std::stoul(received.head.substr(at + 18));
        while (bytes_.size() < size && fill()) {
        }
        received.body = bytes_.substr(0, size);
        bytes_.erase(0, received.body.size());
        return received;
    }

    /// All up to and with `mark`, or what came before the end.
    std::string receive_until(std::string_view mark) {
        auto const at = fill_until(mark);
        auto const text = at == std::string::npos ? bytes_ : bytes_.substr(0, at + mark.size());
        bytes_.erase(0, text.size());
        return text;
    }

    /// All until the other side closes.
    std::string receive_rest() {
        while (fill()) {
        }
        return std::exchange(bytes_, {});
    }

    /// Whether the other side has closed in good order, with nothing more said.
    bool is_closed() { return bytes_.empty() && !fill() && ended_; }

    void finish_sending() { ::shutdown(socket_, SHUT_WR); }
    void close() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }

private:
    std::size_t fill_until(std::string_view mark) {
        for (;;) {
            auto const at = bytes_.find(mark);
            if (at != std::string::npos || !fill()) return at;
        }
    }
    bool fill() {
        std::array<char, 65536> space;
        auto const size = ::recv(socket_, space.data(), space.size(), 0);
        if (size == 0) ended_ = true;
        if (size <= 0) return false;
        bytes_.append(space.data(), static_cast<std::size_t>(size));
        return true;
    }

    int socket_ = -1;
    bool connected_ = false;
    bool ended_ = false;
    std::string bytes_;
};

inline HttpResponse text_response(std::string text) {
    HttpResponse response;
    response.headers = {{"content-type", "text/plain"}};
    response.body = std::make_shared<std::string const>(std::move(text));
    return response;
}

/// Says what it was asked: verb, target, body.
inline void echo(HttpRequest request, Reply reply) {
    constexpr std::array verbs{"get", "head", "post"};
    reply(text_response(std::string(verbs[static_cast<std::size_t>(request.verb)]) + ' ' +
                        request.target + ' ' + request.body));
}

inline std::size_t thousand_bytes(Verb, std::string_view) { return 1000; }

/// A server on a free port with two I/O threads, however few cores there are.
class TestServer {
public:
    explicit TestServer(Answerer answerer = echo, ServerTimes times = {},
                        std::size_t connections_max = 1000,
                        std::vector<std::string> trusted_proxies = {},
                        std::size_t connections_of_network_max = 1000)
        : server_({.port = 0,
                   .io_threads = 2,
                   .trusted_proxies = std::move(trusted_proxies),
                   .connections_max = connections_max,
                   .connections_of_network_max = connections_of_network_max,
                   .times = times},
                  std::move(answerer), thousand_bytes) {
        server_.start();
        port_ = server_.port();
    }
    [[nodiscard]] Client connect() const { return Client(port_); }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    Server& operator*() { return server_; }
    Server* operator->() { return &server_; }

private:
    Server server_;
    std::uint16_t port_ = 0;
};

/// Whether `holds` comes true within reason.
template <class Condition>
bool eventually(Condition holds) {
    auto const end = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < end) {
        if (holds()) return true;
        std::this_thread::yield();
    }
    return false;
}

/// One byte of progress that many threads may wait for.
class Flag {
public:
    void raise() {
        raised_ = true;
        raised_.notify_all();
    }
    void wait() const { raised_.wait(false); }

private:
    std::atomic<bool> raised_ = false;
};

}  // namespace kith::web::tests
