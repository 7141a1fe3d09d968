#include <doctest/doctest.h>

#include <boost/asio/ip/address.hpp>

#include "base/limits.hpp"
#include "web/connection_count.hpp"
#include "web/tests/connection_test_parts.hpp"

using namespace kith;
using namespace kith::web;
using namespace kith::web::tests;

namespace {

/// A request whose head is exactly `bytes` long.
std::string request_with_head_of(std::size_t bytes) {
    std::string head = "GET / HTTP/1.1\r\nHost: kith\r\nX-Long: ";
    return head + std::string(bytes - head.size() - 4, 'x') + "\r\n\r\n";
}

std::string post_of(std::size_t bytes) {
    return "POST / HTTP/1.1\r\nHost: kith\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
}

}  // namespace

TEST_CASE("a head may have 16 KB and not a byte more") {
    TestServer server;
    auto client = server.connect();
    client.send(request_with_head_of(limits::header_bytes_max));
    CHECK(client.receive().status == 200);
    client.send(request_with_head_of(limits::header_bytes_max + 1));
    CHECK(client.receive().status == 431);
    CHECK(client.is_closed());
}

TEST_CASE("a head without end is refused once it is too large") {
    TestServer server;
    auto client = server.connect();
    client.send("GET /" + std::string(limits::header_bytes_max, 'x'));
    CHECK(client.receive().status == 431);
    CHECK(client.is_closed());
}

TEST_CASE("a body may have what its target allows") {
    TestServer server;
    auto client = server.connect();
    client.send(post_of(1000) + std::string(1000, 'b'));
    CHECK(client.receive().body == "post / " + std::string(1000, 'b'));
    SUBCASE("a length above it is refused before the body has come") {
        client.send(post_of(1001));
        CHECK(client.receive().status == 413);
        CHECK(client.is_closed());
    }
    SUBCASE("even to a client that asks first") {
        client.send(
            "POST / HTTP/1.1\r\nHost: kith\r\nContent-Length: 1001\r\n"
            "Expect: 100-continue\r\n\r\n");
        CHECK(client.receive().status == 413);
    }
    SUBCASE("the answer reaches a client that is still sending") {
        client.send(post_of(1'000'000) + std::string(1'000'000, 'b'));
        CHECK(client.receive().status == 413);
        CHECK(client.is_closed());
    }
    SUBCASE("chunks together as well") {
        client.send("POST / HTTP/1.1\r\nHost: kith\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n" +
                    std::string(500, 'b') + "\r\n1f5\r\n");
        CHECK(client.receive().status == 413);
        CHECK(client.is_closed());
    }
}

TEST_CASE("a request that takes too long to arrive is refused") {
    TestServer server(echo, {.request = 50ms, .sweep = 10ms});
    SUBCASE("in its head") {
        auto client = server.connect();
        client.send("GET / HTTP/1.1\r\nHos");
        auto const answer = client.receive();
        CHECK(answer.status == 408);
        CHECK(answer.has("connection: close"));
        CHECK(client.is_closed());
    }
    SUBCASE("in its body") {
        auto client = server.connect();
        client.send(post_of(10) + "half");
        CHECK(client.receive().status == 408);
        CHECK(client.is_closed());
    }
    SUBCASE("byte by byte: the deadline is the request's, not the byte's") {
        auto client = server.connect();
        client.send("GET / HTTP/1.1\r\nX-Drip: ");
        CHECK(eventually([&] {
            client.send("x");
            return client.hears_within(1ms);
        }));
        CHECK(client.receive().status == 408);
    }
    CHECK(server->counts().requests_timed_out == 1);
}

TEST_CASE("an idle connection is closed without a word") {
    TestServer server(echo, {.idle = 50ms, .sweep = 10ms});
    auto fresh = server.connect();
    CHECK(fresh.is_closed());
    auto used = server.connect();
    used.send("GET / HTTP/1.1\r\nHost: kith\r\n\r\n");
    CHECK(used.receive().status == 200);
    CHECK(used.is_closed());
    CHECK(server->counts().requests_timed_out == 0);
}

TEST_CASE("a client that doesn't take its answer is cut off") {
    static std::string const large(64'000'000, 'k');
    ServerTimes times{.sweep = 10ms};
    // What a large answer is given more: taken off again, so that the test needn't wait for it.
    times.answer = 100ms - std::chrono::seconds(large.size() / limits::answer_bytes_per_second_min);
    TestServer server(
        [](HttpRequest const&, Reply const& reply) {
            HttpResponse response;
            response.static_body = large;
            reply(response);
        },
        times);
    Client client(server.port(), 4096);
    client.send("GET / HTTP/1.1\r\nHost: kith\r\n\r\n");
    CHECK(eventually([&] { return server->counts().requests == 1; }));
    CHECK(eventually([&] { return server->counts().connections_open == 0; }));
    CHECK(client.receive_rest().size() < large.size());
}

TEST_CASE("a client that goes on sending after its last answer is cut off") {
    TestServer server(echo, {.linger = 50ms, .sweep = 10ms});
    auto client = server.connect();
    client.send("noise");
    client.send("GET / HTTP/9.9\r\n\r\n");
    CHECK(eventually([&] { return server->counts().requests_malformed == 1; }));
    CHECK(eventually([&] {
        client.send("more");
        return server->counts().connections_open == 0;
    }));
}

TEST_CASE("connections above the most are told to come back later") {
    TestServer server(echo, {}, 2);
    auto first = server.connect();
    auto second = server.connect();
    CHECK(eventually([&] { return server->counts().connections_open == 2; }));
    auto third = server.connect();
    auto const answer = third.receive();
    CHECK(answer.status == 503);
    CHECK(answer.names("retry-after"));
    CHECK(third.is_closed());
    CHECK(server->counts().connections_refused == 1);
    first.close();
    CHECK(eventually([&] { return server->counts().connections_open == 1; }));
    auto fourth = server.connect();
    fourth.send("GET / HTTP/1.1\r\nHost: kith\r\n\r\n");
    CHECK(fourth.receive().status == 200);
}

TEST_CASE("one network can't take all places, but a trusted proxy may") {
    TestServer server(echo, {}, 1000, {}, 2);
    auto first = server.connect();
    auto second = server.connect();
    auto third = server.connect();
    CHECK(third.receive().status == 503);
    CHECK(server->counts().connections_refused == 1);
    first.close();
    CHECK(eventually([&] { return server->counts().connections_open == 1; }));
    auto fourth = server.connect();
    fourth.send("GET / HTTP/1.1\r\nHost: kith\r\n\r\n");
    CHECK(fourth.receive().status == 200);

    TestServer behind(echo, {}, 1000, {"127.0.0.1"}, 2);
    std::vector<Client> clients;
    for (int i = 0; i < 5; ++i) clients.push_back(behind.connect());
    clients.back().send("GET / HTTP/1.1\r\nHost: kith\r\n\r\n");
    CHECK(clients.back().receive().status == 200);
}

TEST_CASE("a network is an IPv4 address or an IPv6 /64") {
    auto const network = [](char const* address) {
        return network_of(boost::asio::ip::make_address(address));
    };
    CHECK(network("192.0.2.1") != network("192.0.2.2"));
    CHECK(network("2001:db8::1") == network("2001:db8::ffff:0:0:2"));
    CHECK(network("2001:db8::1") != network("2001:db8:0:1::1"));
    CHECK(network("192.0.2.1") != network("::1"));
}

TEST_CASE("where files may come, what isn't multipart is as short as elsewhere") {
    auto const rule = [](Verb, std::string_view) {
        return BodyAllowance(limits::upload_bytes_max, true);
    };
    Server server({.port = 0, .io_threads = 1}, echo, rule);
    server.start();
    auto const head = [](std::string const& type) {
        return "POST /upload HTTP/1.1\r\nHost: kith\r\nContent-Type: " + type + "\r\n";
    };
    auto const length = [](std::size_t bytes) {
        return "Content-Length: " + std::to_string(bytes) + "\r\n\r\n";
    };
    Client announced(server.port());
    announced.send(head("application/json") + length(limits::body_bytes_max + 1));
    CHECK(announced.receive().status == 413);
    Client chunked(server.port());
    chunked.send(head("application/json") + "Transfer-Encoding: chunked\r\n\r\n100001\r\n");
    chunked.send(std::string(0x100001, 'a'));
    CHECK(chunked.receive().status == 413);
    std::string const body(limits::body_bytes_max + 1, 'a');
    Client file(server.port());
    file.send(head("multipart/form-data; boundary=b") + length(body.size()) + body);
    CHECK(file.receive().status == 200);
    server.stop();
}

TEST_CASE("all bodies together are bounded, and the room of one is given back") {
    Server server({.port = 0, .io_threads = 1, .all_bodies_bytes_max = 1500}, echo,
                  [](Verb, std::string_view) { return 1000; });
    server.start();
    Client first(server.port());
    first.send(post_of(1000) + std::string(999, 'a'));
    // Whether the first is read already is for the server to know: the others ask until it is.
    CHECK(eventually([&] {
        Client second(server.port());
        second.send(post_of(900) + std::string(900, 'b'));
        return second.receive().status == 503;
    }));
    first.send("a");
    CHECK(first.receive().status == 200);
    first.close();
    Client third(server.port());
    third.send(post_of(1000) + std::string(1000, 'c'));
    CHECK(third.receive().status == 200);
}

TEST_CASE("an upload has time by the size that it announces, anything else has not") {
    auto const rule = [](Verb, std::string_view target) {
        return BodyAllowance(limits::upload_bytes_max, target == "/upload");
    };
    // A request has no time at all: what isn't an upload is late as soon as anyone looks.
    Server server({.port = 0, .io_threads = 1, .times = {.request = 0ms, .sweep = 10ms}}, echo,
                  rule);
    server.start();
    auto const head = [](std::string const& target, std::size_t bytes) {
        return "POST " + target +
               " HTTP/1.1\r\nHost: kith\r\nContent-Type: multipart/form-data; boundary=b\r\n"
               "Content-Length: " +
               std::to_string(bytes) + "\r\n\r\n";
    };
    Client other(server.port());
    other.send(head("/other", limits::upload_bytes_max));
    CHECK(other.receive().status == 408);
    Client upload(server.port());
    auto const size = 20 * limits::upload_bytes_per_second_min;
    upload.send(head("/upload", size) + "half");
    // Another that is too small to have more time, begun after it, shows that the sweep has passed.
    Client small(server.port());
    small.send(head("/upload", 100));
    CHECK(small.receive().status == 408);
    upload.send(std::string(size - 4, 'x'));
    CHECK(upload.receive().status == 200);
    server.stop();
}
