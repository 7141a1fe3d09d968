#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <unordered_set>

#include "web/event_streams.hpp"
#include "web/loop_gate.hpp"
#include "web/service.hpp"

namespace kith::web {

class Connection;

/// One I/O thread: its connections, its event streams, and one coarse sweep over their deadlines,
/// since a timer for each operation would cost more than the operation.
class IoLoop {
public:
    explicit IoLoop(Service& service);
    ~IoLoop();
    IoLoop(IoLoop const&) = delete;
    IoLoop& operator=(IoLoop const&) = delete;

    /// The body of the thread: serves until stop().
    void run();
    void stop();

    /// Serves a new connection. From any thread.
    void begin(Socket socket, ConnectionPlace place);
    /// Ends idle connections and streams now, others after the answer under way. From any thread.
    void drain();

    [[nodiscard]] net::io_context& context() { return context_; }
    [[nodiscard]] Service& service() { return service_; }
    [[nodiscard]] std::shared_ptr<LoopGate> const& gate() const { return gate_; }
    [[nodiscard]] EventStreams& streams() { return streams_; }
    [[nodiscard]] bool is_draining() const { return draining_; }
    /// The Date header, fresh at each sweep.
    [[nodiscard]] std::string const& date() const { return date_; }

    void add(Connection& connection) { connections_.insert(&connection); }
    void remove(Connection& connection) { connections_.erase(&connection); }

private:
    void sweep_later();
    void sweep();
    [[nodiscard]] std::vector<std::shared_ptr<Connection>> connections() const;

    Service& service_;
    std::unordered_set<Connection*> connections_;  // outlives context_, which owns the connections
    net::io_context context_{1};
    net::executor_work_guard<net::io_context::executor_type> work_;
    net::steady_timer sweep_timer_;
    std::shared_ptr<LoopGate> gate_;
    EventStreams streams_;
    std::string date_;
    bool draining_ = false;
};

}  // namespace kith::web
