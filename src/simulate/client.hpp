#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kith::simulate {

using Steady = std::chrono::steady_clock;

/// One request, as a program sends it.
struct Request {
    std::string kind;  ///< for the report: "post comment"
    std::string path;
    std::string body = {};        ///< JSON of a POST; empty: GET
    std::string cookie = {};      ///< of who asks
    std::string network = {};     ///< the address of a stranger, such as "127.3.1.2"; empty: any
    std::string last_event = {};  ///< for an event stream: the last that was heard
};

struct Answer {
    long status = 0;  ///< 0: none came
    std::string body;
    std::string cookie;  ///< that the server set, if it did
    Steady::duration took{};
    [[nodiscard]] bool fine() const { return status >= 200 && status < 300; }
};

using Done = std::function<void(Answer&&)>;

/// What an open event stream tells: each run of bytes, and at last that it ended.
struct Hearing {
    std::function<void(long status)> begun;
    std::function<void(std::string_view bytes)> heard;
    std::function<void()> ended;
};

/// Speaks HTTP with one server, many requests at once, on the thread that moves it (libcurl).
class Client {
public:
    /// `server` is "http://HOST:PORT" or "https://…"; throws std::invalid_argument otherwise.
    explicit Client(std::string server);
    ~Client();
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    /// Whether the server is on this machine, where each agent can have an address of their own.
    [[nodiscard]] bool on_loopback() const;
    void send(Request const& request, Done done);
    /// Sends all, at most `at_once` under way; gives the answers in the order of the requests.
    [[nodiscard]] std::vector<Answer> all(std::vector<Request> const& requests,
                                          std::size_t at_once);
    /// Opens an event stream; gives the number by which it is closed. An ended one is gone.
    std::size_t listen(Request const& request, Hearing hearing);
    /// Cuts it, as a lost network would; `ended` isn't called.
    void cut(std::size_t stream);

    /// Requests that wait for their answer, streams apart.
    [[nodiscard]] std::size_t under_way() const;
    /// Moves everything on, waiting at most `wait` for something to happen.
    void move(std::chrono::milliseconds wait);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::simulate
