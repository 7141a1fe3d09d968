#include "silent_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace kith::database {
namespace {

constexpr std::string_view host = "127.0.0.1:";

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// Moves what is there; false at the end of either.
bool move_on(int from, int to) {
    std::array<char, 16 * 1024> bytes{};
    auto const got = ::recv(from, bytes.data(), bytes.size(), 0);
    for (ssize_t sent = 0; sent < got;) {
        auto const part =
            ::send(to, bytes.data() + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
        if (part <= 0) return false;
        sent += part;
    }
    return got > 0;
}

}  // namespace

SilentProxy::SilentProxy(std::string const& url) {
    auto const begin = url.find(host) + host.size();
    auto const end = url.find('/', begin);
    server_port_ = std::stoi(url.substr(begin, end - begin));
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof(address);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 128);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    url_ = url.substr(0, begin) + std::to_string(ntohs(address.sin_port)) + url.substr(end);
    bell_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    thread_ = std::thread([this] { work(); });
}

SilentProxy::~SilentProxy() {
    is_ending_ = true;
    wake();
    thread_.join();
    for (auto& pair : pairs_) close(pair);
    ::close(listener_);
    ::close(bell_);
}

void SilentProxy::fall_silent() {
    is_silent_ = true;
    wake();
}

void SilentProxy::cut() {
    is_to_cut_ = true;
    wake();
}

void SilentProxy::go_on() {
    is_silent_ = false;
    wake();
}

void SilentProxy::wake() const {
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = ::write(bell_, &one, sizeof(one));
}

void SilentProxy::close(Pair& pair) {
    ::close(pair.client);
    if (pair.server >= 0) ::close(pair.server);
    pair.client = -1;
}

void SilentProxy::work() {
    while (!is_ending_) {
        std::vector<pollfd> waiting{{bell_, POLLIN, 0}, {listener_, POLLIN, 0}};
        for (auto const& pair : pairs_) {
            if (is_silent_ || pair.server < 0) continue;
            waiting.push_back({pair.client, POLLIN, 0});
            waiting.push_back({pair.server, POLLIN, 0});
        }
        ::poll(waiting.data(), waiting.size(), -1);
        if (waiting[0].revents != 0) heed();
        if (waiting[1].revents != 0) take();
        std::vector<int> ready;
        for (std::size_t at = 2; at < waiting.size(); ++at)
            if (waiting[at].revents != 0) ready.push_back(waiting[at].fd);
        if (!is_silent_) pass_on(ready);
        std::erase_if(pairs_, [](Pair const& pair) { return pair.client < 0; });
    }
}

/// What was asked for by the test.
void SilentProxy::heed() {
    std::uint64_t rings = 0;
    [[maybe_unused]] auto const got = ::read(bell_, &rings, sizeof(rings));
    bool const all = is_to_cut_.exchange(false);
    for (auto& pair : pairs_)
        if (all || (!is_silent_ && pair.server < 0)) close(pair);
}

void SilentProxy::take() {
    Pair pair{::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)};
    if (pair.client < 0) return;
    if (is_silent_) {
        ++taken_;
    } else {
        pair.server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto const address = loopback(server_port_);
        ::connect(pair.server, reinterpret_cast<sockaddr const*>(&address), sizeof(address));
    }
    pairs_.push_back(pair);
}

void SilentProxy::pass_on(std::vector<int> const& ready) {
    auto const is_ready = [&](int socket) {
        return std::find(ready.begin(), ready.end(), socket) != ready.end();
    };
    for (auto& pair : pairs_) {
        if (pair.client < 0 || pair.server < 0) continue;
        if ((is_ready(pair.client) && !move_on(pair.client, pair.server)) ||
            (is_ready(pair.server) && !move_on(pair.server, pair.client)))
            close(pair);
    }
}

}  // namespace kith::database
