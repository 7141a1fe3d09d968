// Opens many event streams and measures how long one event takes to the last of them.
// Usage: streams PORT STREAMS STREAM_PATH REQUEST_FILE
// Says "open MILLISECONDS" when all streams are open; then, for each line on standard input, sends
// the request of REQUEST_FILE with its "########" replaced by a new number, and says
// "event ANSWERED FIRST LAST" in milliseconds since the request was sent.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

int connected(std::uint16_t port) {
    int const socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface's own way
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("could not connect");
    return socket;
}

void send_all(int socket, std::string const& text) {
    if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
        throw std::runtime_error("could not send");
}

class Streams {
public:
    Streams(std::uint16_t port, std::size_t count, std::string const& path)
        : epoll_(::epoll_create1(0)) {
        auto const request = "GET " + path + " HTTP/1.1\r\nHost: kith.example\r\n\r\n";
        for (std::size_t i = 0; i < count; ++i) {
            sockets_.push_back(connected(port));
            send_all(sockets_.back(), request);
            add(sockets_.back(), i);
        }
    }

    /// Adds `socket`, to be known as `number`.
    void add(int socket, std::size_t number) const {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = number;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    }

    /// Waits until each of the first `wanted` has received something since the last time.
    /// Tells `heard` of each, once.
    template <class Heard>
    void wait_for(std::size_t wanted, int other, Heard heard) {
        std::vector<bool> has_heard(wanted);
        std::array<epoll_event, 512> events{};
        std::array<char, 64 * 1024> bytes{};
        for (std::size_t left = wanted; left > 0;) {
            int const ready = ::epoll_wait(epoll_, events.data(), events.size(), 30'000);
            if (ready <= 0) throw std::runtime_error("waited too long");
            for (int i = 0; i < ready; ++i) {
                auto const number = events.at(static_cast<std::size_t>(i)).data.u64;
                int const socket = number < sockets_.size() ? sockets_[number] : other;
                if (::recv(socket, bytes.data(), bytes.size(), 0) <= 0)
                    throw std::runtime_error("a stream was closed");
                if (has_heard[number]) continue;
                has_heard[number] = true;
                --left;
                heard(number);
            }
        }
    }

    [[nodiscard]] std::size_t size() const { return sockets_.size(); }

private:
    int epoll_;
    std::vector<int> sockets_;
};

void measure(Streams& streams, int poster, std::string request, std::size_t run) {
    std::array<char, 9> digits{};
    std::snprintf(digits.data(), digits.size(), "%08zu", run % 100'000'000);
    for (auto at = request.find("########"); at != request.npos; at = request.find("########"))
        request.replace(at, 8, digits.data());
    auto const began = Clock::now();
    double answered = 0;
    double first = 0;
    double last = 0;
    send_all(poster, request);
    streams.wait_for(streams.size() + 1, poster, [&](std::size_t number) {
        if (number == streams.size()) {
            answered = milliseconds_since(began);
            return;
        }
        last = milliseconds_since(began);
        if (first == 0) first = last;
    });
    std::cout << "event " << answered << ' ' << first << ' ' << last << std::endl;
}

int run(std::vector<std::string> const& words) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    auto const port = static_cast<std::uint16_t>(std::stoi(words.at(0)));
    std::ifstream file(words.at(3), std::ios::binary);
    std::string const request(std::istreambuf_iterator<char>(file), {});
    auto const began = Clock::now();
    Streams streams(port, std::stoul(words.at(1)), words.at(2));
    streams.wait_for(streams.size(), -1, [](std::size_t) {});
    int const poster = connected(port);
    streams.add(poster, streams.size());
    std::cout << "open " << milliseconds_since(began) << std::endl;
    auto number = static_cast<std::size_t>(Clock::now().time_since_epoch().count() / 1000);
    for (std::string line; std::getline(std::cin, line);)
        measure(streams, poster, request, ++number);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        return run({words + 1, words + count});
    } catch (std::exception const& error) {
        std::cerr << "streams: " << error.what() << '\n';
        return 1;
    }
}
