#include <doctest/doctest.h>
#include <sys/resource.h>

#include <system_error>

#include "web/tests/connection_test_parts.hpp"

using namespace kith::web;
using namespace kith::web::tests;

namespace {

std::string const ask = "GET / HTTP/1.1\r\nHost: kith\r\n\r\n";

/// Keeps the Reply of one request for the test to use.
class Held {
public:
    void operator()(HttpRequest const&, Reply reply) {
        std::lock_guard const lock(mutex_);
        reply_ = std::move(reply);
        arrived_.raise();
    }
    Reply take() {
        arrived_.wait();
        std::lock_guard const lock(mutex_);
        return std::exchange(reply_, nullptr);
    }

private:
    std::mutex mutex_;
    Reply reply_;
    Flag arrived_;
};

}  // namespace

TEST_CASE("an answer may come from another thread, and later") {
    Held held;
    TestServer server(std::ref(held));
    auto client = server.connect();
    client.send(ask);
    held.take()(text_response("from afar"));
    CHECK(client.receive().body == "from afar");
}

TEST_CASE("only the first answer to a request counts") {
    Held held;
    TestServer server(std::ref(held));
    auto client = server.connect();
    client.send(ask);
    auto const reply = held.take();
    reply(text_response("first"));
    reply(text_response("second"));
    CHECK(client.receive().body == "first");
    server->stop();
    CHECK(client.is_closed());
}

TEST_CASE("a request whose Reply is dropped is answered with 500") {
    Held held;
    TestServer server(std::ref(held));
    auto client = server.connect();
    client.send(ask);
    auto reply = held.take();
    auto const copy = reply;
    reply = nullptr;
    const_cast<Reply&>(copy) = nullptr;
    CHECK(client.receive().status == 500);
}

TEST_CASE("a request whose answerer throws is answered with 500") {
    TestServer server([](HttpRequest const&, Reply const&) { throw std::runtime_error("no"); });
    auto client = server.connect();
    client.send(ask);
    CHECK(client.receive().status == 500);
}

TEST_CASE("a client that leaves before its answer does no harm") {
    Held held;
    TestServer server(std::ref(held));
    auto client = server.connect();
    client.send(ask);
    auto const reply = held.take();
    client.close();
    reply(text_response("too late"));
    CHECK(eventually([&] { return server->counts().connections_open == 0; }));
}

TEST_CASE("an answer that comes after the server is gone does no harm") {
    Held held;
    Reply late;
    {
        Server server({.port = 0, .io_threads = 1, .drain_time_max = 0ms}, std::ref(held),
                      thousand_bytes);
        server.start();
        Client client(server.port());
        client.send(ask);
        late = held.take();
        server.stop();
        CHECK(client.receive_rest().empty());
    }
    late(text_response("much too late"));
}

TEST_CASE("many clients of several threads each get their own answer") {
    std::mutex mutex;
    std::vector<std::jthread> workers;
    TestServer server([&](HttpRequest request, Reply reply) {
        std::lock_guard const lock(mutex);
        workers.emplace_back([request = std::move(request), reply = std::move(reply)]() mutable {
            echo(std::move(request), std::move(reply));
        });
    });
    std::vector<Client> clients;
    for (int i = 0; i < 40; ++i) clients.push_back(server.connect());
    for (int round = 0; round < 5; ++round) {
        for (std::size_t i = 0; i < clients.size(); ++i)
            clients[i].send("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: kith\r\n\r\n");
        for (std::size_t i = 0; i < clients.size(); ++i)
            CHECK(clients[i].receive().body == "get /" + std::to_string(i) + ' ');
    }
    CHECK(server->counts().requests == 200);
    CHECK(server->counts().connections_open == 40);
    server->stop();
}

TEST_CASE("stopping lets the request under way finish, and closes idle connections") {
    Held held;
    Server server({.port = 0, .io_threads = 1}, std::ref(held), thousand_bytes);
    server.start();
    Client idle(server.port());
    Client busy(server.port());
    CHECK(eventually([&] { return server.counts().connections_open == 2; }));
    busy.send(ask);
    auto const reply = held.take();
    std::jthread const stopping([&] { server.stop(); });
    CHECK(idle.is_closed());
    reply(text_response("the last"));
    auto const answer = busy.receive();
    CHECK(answer.body == "the last");
    CHECK(answer.has("connection: close"));
    CHECK(busy.is_closed());
    busy.close();
}

TEST_CASE("a stopped server takes no connection") {
    TestServer server;
    server->stop();
    CHECK_FALSE(server.connect().is_connected());
}

TEST_CASE("an address in use is an error that names it") {
    TestServer first;
    Server second({.port = first.port()}, echo, thousand_bytes);
    try {
        second.start();
        FAIL("it started");
    } catch (std::system_error const& error) {
        CHECK(error.code() == std::errc::address_in_use);
        CHECK(std::string(error.what()).find(std::to_string(first.port())) != std::string::npos);
    }
}

TEST_CASE("without descriptors left, a connection waits until there are some") {
    TestServer server;
    auto before = server.connect();
    before.send(ask);
    CHECK(before.receive().status == 200);

    rlimit saved{};
    ::getrlimit(RLIMIT_NOFILE, &saved);
    Client waiting = [&] {
        auto client = server.connect();
        client.send(ask);
        CHECK(client.receive().status == 200);
        return client;
    }();
    rlimit const few{.rlim_cur = 256, .rlim_max = saved.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &few);
    std::vector<int> spare;
    for (int copy = ::dup(0); copy >= 0; copy = ::dup(0)) spare.push_back(copy);
    REQUIRE_FALSE(spare.empty());
    ::close(spare.back());  // one, for the client's own end
    spare.pop_back();
    auto late = server.connect();
    REQUIRE(late.is_connected());
    late.send(ask);
    // Those who are there are served meanwhile.
    waiting.send(ask);
    CHECK(waiting.receive().status == 200);
    for (int const copy : spare) ::close(copy);
    ::setrlimit(RLIMIT_NOFILE, &saved);
    CHECK(late.receive().status == 200);
}
