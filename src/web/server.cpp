#include "web/server.hpp"

#include <thread>

#include "web/listener.hpp"

namespace kith::web {

struct Server::Parts {
    Parts(ServerSettings settings, Answerer answerer, BodyLimit body_limit)
        : service(std::move(settings), std::move(answerer), std::move(body_limit)) {}

    Service service;
    Listener::Loops loops;
    std::unique_ptr<Listener> listener;
    std::vector<std::thread> threads;
};

Server::Server(ServerSettings settings, Answerer answerer, BodyLimit body_limit)
    : parts_(std::make_unique<Parts>(std::move(settings), std::move(answerer),
                                     std::move(body_limit))) {}

Server::~Server() { stop(); }

void Server::start() {
    auto& [service, loops, listener, threads] = *parts_;
    auto const wanted = service.settings.io_threads;
    auto const count = wanted > 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
    while (loops.size() < count) loops.push_back(std::make_unique<IoLoop>(service));
    listener = std::make_unique<Listener>(service, loops);
    listener->start();
    for (auto const& loop : loops) threads.emplace_back([&loop = *loop] { loop.run(); });
}

void Server::stop() {
    auto& [service, loops, listener, threads] = *parts_;
    if (threads.empty()) return;
    listener->close();
    for (auto const& loop : loops) loop->drain();
    service.connections.wait_for_none(service.settings.drain_time_max);
    for (auto const& loop : loops) loop->stop();
    for (auto& thread : threads) thread.join();
    threads.clear();
    listener.reset();
    loops.clear();
}

std::uint16_t Server::port() const { return parts_->listener ? parts_->listener->port() : 0; }

ServerCounts Server::counts() const {
    auto const& service = parts_->service;
    return {.connections_open = service.connections.open(),
            .connections_refused = service.connections_refused,
            .requests = service.requests,
            .requests_malformed = service.requests_malformed,
            .requests_timed_out = service.requests_timed_out};
}

}  // namespace kith::web
