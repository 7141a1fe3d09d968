#include "web/listener.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <system_error>

#include "web/response_head.hpp"

namespace kith::web {
namespace {

constexpr auto awaited = net::as_tuple(net::use_awaitable);
constexpr std::chrono::milliseconds accept_pause{100};
constexpr int backlog = 4096;

net::ip::tcp::endpoint endpoint_of(net::io_context& context, ServerSettings const& settings) {
    net::ip::tcp::resolver resolver(context);
    auto const flags = net::ip::tcp::resolver::passive | net::ip::tcp::resolver::numeric_service;
    return *resolver.resolve(settings.address, std::to_string(settings.port), flags).begin();
}

}  // namespace

Listener::Listener(Service& service, Loops& loops)
    : service_(service), loops_(loops), acceptor_(loops.front()->context()) {
    try {
        auto const endpoint = endpoint_of(loops.front()->context(), service.settings);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(net::socket_base::reuse_address(true));
        acceptor_.bind(endpoint);
        acceptor_.listen(backlog);
        port_ = acceptor_.local_endpoint().port();
    } catch (boost::system::system_error const& error) {
        throw std::system_error(error.code(), "can't listen on " + service.settings.address + ":" +
                                                  std::to_string(service.settings.port));
    }
}

void Listener::start() { net::co_spawn(acceptor_.get_executor(), accept_all(), net::detached); }

void Listener::close() {
    loops_.front()->gate()->post([this] {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
    });
}

IoLoop& Listener::next_loop() { return *loops_[turn_++ % loops_.size()]; }

net::awaitable<void> Listener::accept_all() {
    while (acceptor_.is_open()) {
        auto& loop = next_loop();
        Socket socket(loop.context());
        auto const [error] = co_await acceptor_.async_accept(socket, awaited);
        if (!error) admit(loop, std::move(socket));
        // Without descriptors or memory, trying again at once would only spin.
        else if (error != net::error::connection_aborted)
            co_await pause();
    }
}

net::awaitable<void> Listener::pause() {
    net::steady_timer timer(acceptor_.get_executor(), accept_pause);
    co_await timer.async_wait(awaited);
}

void Listener::admit(IoLoop& loop, Socket socket) {
    boost::system::error_code gone;
    auto const sender = socket.remote_endpoint(gone);
    if (gone) return;
    auto const address = without_mapping(sender.address());
    // Behind a trusted proxy are many networks.
    std::optional<Network> network;
    if (!service_.trusted_proxies.trusts(address)) network = network_of(address);
    auto const& settings = service_.settings;
    if (service_.connections.enter(settings.connections_max, network,
                                   settings.connections_of_network_max)) {
        loop.begin(std::move(socket), ConnectionPlace(service_.connections, network));
        return;
    }
    ++service_.connections_refused;
    std::string bytes;
    auto const response = plain_response(503);
    append_head(bytes, response, loops_.front()->date(), ConnectionWord::close);
    bytes += body_of(response);
    // A new socket's buffer takes so little at once; who can't be told isn't waited for.
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(net::buffer(bytes), ignored);
    socket.shutdown(Socket::shutdown_send, ignored);
}

}  // namespace kith::web
