#include "fake_nats.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace kith::web {
namespace {

void say(int client, std::string_view words) {
    [[maybe_unused]] auto const sent = ::send(client, words.data(), words.size(), MSG_NOSIGNAL);
}

/// Whether there is something to read, looked at so often that an end is soon noticed.
bool is_ready(int socket) {
    pollfd waiting{socket, POLLIN, 0};
    return ::poll(&waiting, 1, 20) > 0;
}

}  // namespace

FakeNats::FakeNats() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { work(); });
}

FakeNats::~FakeNats() {
    is_ending_ = true;
    thread_.join();
    ::close(listener_);
}

std::string FakeNats::url() const { return "nats://127.0.0.1:" + std::to_string(port_); }

void FakeNats::go_on() { is_silent_ = false; }

std::vector<std::string> FakeNats::published() const {
    std::scoped_lock const lock(mutex_);
    return published_;
}

void FakeNats::work() {
    while (!is_ending_) {
        if (!is_ready(listener_)) continue;
        int const client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        serve(client);
        ::close(client);
    }
}

void FakeNats::serve(int client) {
    say(client,
        "INFO {\"server_id\":\"fake\",\"version\":\"2.9.0\",\"proto\":1,"
        "\"max_payload\":1048576}\r\n");
    std::string text;
    while (!is_ending_) {
        if (is_silent_) {
            std::this_thread::yield();
            continue;
        }
        if (!is_ready(client)) continue;
        std::array<char, 64 * 1024> bytes{};
        auto const got = ::recv(client, bytes.data(), bytes.size(), 0);
        if (got <= 0) return;
        text.append(bytes.data(), static_cast<std::size_t>(got));
        heed(client, text);
    }
}

void FakeNats::heed(int client, std::string& text) {
    std::size_t done = 0;
    for (;;) {
        auto const end = text.find("\r\n", done);
        if (end == text.npos) break;
        auto const line = std::string_view(text).substr(done, end - done);
        auto next = end + 2;
        if (line.starts_with("PUB ")) {
            auto const size = std::stoul(std::string(line.substr(line.rfind(' ') + 1)));
            if (text.size() < next + size + 2) break;
            std::scoped_lock const lock(mutex_);
            published_.push_back(text.substr(next, size));
            next += size + 2;
        } else if (line == "PING") {
            say(client, "PONG\r\n");
        }
        done = next;
    }
    text.erase(0, done);
}

}  // namespace kith::web
