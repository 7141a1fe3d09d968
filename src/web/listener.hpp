#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "web/io_loop.hpp"

namespace kith::web {

/// Accepts connections and gives them to the loops in turn.
class Listener {
public:
    using Loops = std::vector<std::unique_ptr<IoLoop>>;

    /// Binds as the service's settings say; throws std::system_error. `loops` outlive it.
    Listener(Service& service, Loops& loops);

    void start();
    /// Accepts no more. From any thread, while the loops run.
    void close();
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    net::awaitable<void> accept_all();
    net::awaitable<void> pause();
    void admit(IoLoop& loop, Socket socket);
    IoLoop& next_loop();

    Service& service_;
    Loops& loops_;
    net::basic_socket_acceptor<net::ip::tcp, net::io_context::executor_type> acceptor_;
    std::uint16_t port_ = 0;
    std::size_t turn_ = 0;
};

}  // namespace kith::web
