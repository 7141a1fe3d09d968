#include "web/io_loop.hpp"

#include "web/connection.hpp"
#include "web/response_head.hpp"

namespace kith::web {

IoLoop::IoLoop(Service& service)
    : service_(service),
      work_(context_.get_executor()),
      sweep_timer_(context_),
      gate_(std::make_shared<LoopGate>(context_)),
      streams_(context_, gate_, service.settings.times) {
    sweep();
}

IoLoop::~IoLoop() {
    gate_->close();
    // A connection that still waits for its answer and the continuation that waits own each other.
    for (auto const& connection : connections()) connection->give_up();
}

void IoLoop::run() { context_.run(); }

void IoLoop::stop() { context_.stop(); }

void IoLoop::begin(Socket socket, ConnectionPlace place) {
    auto connection = std::make_shared<Connection>(*this, std::move(socket), std::move(place));
    gate_->post([this, connection = std::move(connection)] {
        if (!draining_) connection->start();
    });
}

void IoLoop::drain() {
    gate_->post([this] {
        draining_ = true;
        streams_.end_all();
        for (auto const& connection : connections()) connection->drain();
    });
}

void IoLoop::sweep_later() {
    sweep_timer_.expires_after(service_.settings.times.sweep);
    sweep_timer_.async_wait([this](boost::system::error_code error) {
        if (!error) sweep();
    });
}

void IoLoop::sweep() {
    using namespace std::chrono;
    // The Date header tells the machine's own time, whatever clock the pages go by.
    date_ = http_date(floor<seconds>(system_clock::now()));  // tidy: allowed
    auto const now = steady_clock::now();
    for (auto* connection : connections_) connection->sweep(now);
    streams_.sweep(now);
    sweep_later();
}

std::vector<std::shared_ptr<Connection>> IoLoop::connections() const {
    std::vector<std::shared_ptr<Connection>> all;
    for (auto* connection : connections_) all.push_back(connection->shared_from_this());
    return all;
}

}  // namespace kith::web
