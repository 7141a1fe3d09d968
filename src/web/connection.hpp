#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "web/body_share.hpp"
#include "web/http.hpp"
#include "web/io_loop.hpp"
#include "web/request_reader.hpp"
#include "web/response_head.hpp"

namespace kith::web {

/// One client: reads a request, has it answered, sends the answer, and again. It lives on the I/O
/// thread of its loop; only that thread touches it.
class Connection final : public std::enable_shared_from_this<Connection> {
public:
    Connection(IoLoop& loop, Socket socket, ConnectionPlace place);
    ~Connection();
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    void start();
    /// Interrupts what has taken too long.
    void sweep(Instant now);
    /// Closes an idle connection; another closes after its answer.
    void drain();
    /// Takes the answer to the request under way.
    void deliver(HttpResponse response);
    /// The answerer is being called: an answer may be delivered here and now.
    [[nodiscard]] bool is_asking() const { return phase_ == Phase::asking; }
    /// Drops what waits for an answer: none will come, the loop is going away.
    void give_up();

private:
    enum class Phase { idle, reading, asking, waiting, sending, lingering };

    /// All coroutines below run inside this one, which the loop keeps alive together with `this`.
    net::awaitable<void> serve();
    /// Reads until there is a request or a refusal to answer; false when the client has gone.
    net::awaitable<bool> receive();
    net::awaitable<bool> receive_more();
    /// Gives an upload time by the size that it announces, once.
    void allow_for_upload();
    net::awaitable<void> send_go_ahead();
    void ask();
    net::awaitable<void> wait_for_answer();
    /// Sends the answer; false when nothing comes after it.
    net::awaitable<bool> send_answer();
    net::awaitable<bool> send_all(net::const_buffer head, net::const_buffer body);
    void hand_to_streams(HttpResponse response);
    /// Reads what the client still sends, so that its last answer isn't lost by a reset.
    net::awaitable<void> linger();

    [[nodiscard]] bool read_buffered();
    void refuse(unsigned status);
    [[nodiscard]] ConnectionWord word_after(HttpResponse const& response) const;
    void enter(Phase phase, std::chrono::milliseconds time_max);

    IoLoop& loop_;
    Service& service_;
    Socket socket_;
    ConnectionPlace place_;
    boost::asio::ip::address sender_;
    boost::beast::flat_buffer buffer_;
    RequestReader reader_;
    BodyShare body_share_;

    Phase phase_ = Phase::idle;
    Instant deadline_ = Instant::max();
    bool is_late_ = false;  ///< the deadline has passed

    Verb verb_ = Verb::get;  ///< of the request under way, as the next three
    bool keeps_alive_ = false;
    bool is_http_1_0_ = false;
    bool told_go_ahead_ = false;
    bool allowed_for_upload_ = false;
    std::optional<HttpResponse> answer_;
    std::function<void()> resume_;
    std::string head_;
};

}  // namespace kith::web
