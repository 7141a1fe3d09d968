#include <doctest/doctest.h>

#include "web/response_head.hpp"
#include "web/tests/connection_test_parts.hpp"

using namespace kith::web;
using namespace kith::web::tests;

TEST_CASE("a request is answered with its length and the date") {
    TestServer server;
    auto client = server.connect();
    client.send("GET /essays?page=2 HTTP/1.1\r\nHost: kith\r\n\r\n");
    auto const answer = client.receive();
    CHECK(answer.status == 200);
    CHECK(answer.body == "get /essays?page=2 ");
    CHECK(answer.has("content-length: 19"));
    CHECK(answer.has("content-type: text/plain"));
    CHECK(answer.names("date"));
    CHECK_FALSE(answer.names("connection"));
}

TEST_CASE("HEAD gets the head of GET and no body") {
    TestServer server;
    auto client = server.connect();
    client.send("HEAD /a HTTP/1.1\r\nHost: kith\r\n\r\nGET /b HTTP/1.1\r\nHost: kith\r\n\r\n");
    CHECK(client.receive(Client::Body::none).has("content-length: 8"));
    CHECK(client.receive().body == "get /b ");
}

TEST_CASE("a body comes by length or in chunks, and trailers are dropped") {
    TestServer server([](HttpRequest const& request, Reply const& reply) {
        reply(text_response(request.body + "|" + std::string(request.header("x-late"))));
    });
    auto client = server.connect();
    client.send("POST / HTTP/1.1\r\nHost: kith\r\nContent-Length: 5\r\n\r\nhello");
    CHECK(client.receive().body == "hello|");
    client.send(
        "POST / HTTP/1.1\r\nHost: kith\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3;note=\"a b\"\r\nhel\r\n2\r\nlo\r\n0\r\nX-Late: yes\r\n\r\n");
    CHECK(client.receive().body == "hello|");
    client.send("POST / HTTP/1.1\r\nHost: kith\r\nContent-Length: 0\r\n\r\n");
    CHECK(client.receive().body == "|");
}

TEST_CASE("a request may come byte by byte") {
    TestServer server;
    auto client = server.connect();
    for (char const c : std::string_view("\r\nPOST /slow HTTP/1.1\r\nHost: kith\r\n"
                                         "Transfer-Encoding: Chunked\r\n\r\n"
                                         "1\r\na\r\n1\r\nb\r\n0\r\n\r\n"))
        client.send({&c, 1});
    CHECK(client.receive().body == "post /slow ab");
}

TEST_CASE("a connection is kept or closed as the client wants it") {
    TestServer server;
    SUBCASE("HTTP/1.1 is kept until it says close") {
        auto client = server.connect();
        client.send("GET /1 HTTP/1.1\r\nHost: kith\r\n\r\n");
        CHECK(client.receive().body == "get /1 ");
        client.send("GET /2 HTTP/1.1\r\nHost: kith\r\nConnection: Close\r\n\r\n");
        auto const last = client.receive();
        CHECK(last.body == "get /2 ");
        CHECK(last.has("connection: close"));
        CHECK(client.is_closed());
    }
    SUBCASE("HTTP/1.0 is closed, needs no Host") {
        auto client = server.connect();
        client.send("GET / HTTP/1.0\r\n\r\n");
        CHECK(client.receive().has("connection: close"));
        CHECK(client.is_closed());
    }
    SUBCASE("HTTP/1.0 is kept when it says so") {
        auto client = server.connect();
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        CHECK(client.receive().has("connection: keep-alive"));
        client.send("GET /again HTTP/1.0\r\n\r\n");
        CHECK(client.receive().body == "get /again ");
    }
}

TEST_CASE("requests sent ahead are answered in order, even when the first takes longest") {
    std::vector<std::jthread> workers;
    TestServer server([&](HttpRequest request, Reply reply) {
        if (request.target != "/slow") return echo(std::move(request), std::move(reply));
        workers.emplace_back([request = std::move(request), reply = std::move(reply)]() mutable {
            echo(std::move(request), std::move(reply));
        });
    });
    auto client = server.connect();
    std::string all = "GET /slow HTTP/1.1\r\nHost: kith\r\n\r\n";
    for (int i = 0; i < 200; ++i)
        all +=
            "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: kith\r\nContent-Length: 2\r\n\r\nab";
    client.send(all);
    CHECK(client.receive().body == "get /slow ");
    for (int i = 0; i < 200; ++i)
        CHECK(client.receive().body == "post /" + std::to_string(i) + " ab");
}

TEST_CASE("a client that waits for 100 Continue is told to go ahead") {
    TestServer server;
    auto client = server.connect();
    client.send(
        "POST / HTTP/1.1\r\nHost: kith\r\nContent-Length: 3\r\n"
        "Expect: 100-Continue\r\n\r\n");
    CHECK(client.receive_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("yes");
    CHECK(client.receive().body == "post / yes");
    // Who sends the body anyway needs no word.
    client.send(
        "POST / HTTP/1.1\r\nHost: kith\r\nContent-Length: 3\r\n"
        "Expect: 100-continue\r\n\r\nyes");
    CHECK(client.receive().status == 200);
}

TEST_CASE("an absolute target is answered as its path, and its host counts") {
    TestServer server([](HttpRequest const& request, Reply const& reply) {
        reply(text_response(request.target + ' ' + std::string(request.header("host"))));
    });
    auto client = server.connect();
    client.send("GET HTTP://kith.example:81/a?b HTTP/1.1\r\nHost: other\r\n\r\n");
    CHECK(client.receive().body == "/a?b kith.example:81");
    client.send("GET http://kith.example HTTP/1.1\r\nHost: other\r\n\r\n");
    CHECK(client.receive().body == "/ kith.example");
    client.send("GET http://kith.example?b HTTP/1.1\r\nHost: other\r\n\r\n");
    CHECK(client.receive().body == "/?b kith.example");
}

TEST_CASE("answers without a body announce none") {
    TestServer server([](HttpRequest const& request, Reply const& reply) {
        HttpResponse response;
        response.status = request.target == "/204" ? 204 : 304;
        response.static_body = "never sent";
        reply(response);
    });
    auto client = server.connect();
    client.send("GET /204 HTTP/1.1\r\nHost: kith\r\n\r\nGET /304 HTTP/1.1\r\nHost: kith\r\n\r\n");
    auto const first = client.receive();
    CHECK(first.status == 204);
    CHECK_FALSE(first.names("content-length"));
    CHECK(client.receive().status == 304);
}

TEST_CASE("a header that would split the answer is never sent") {
    TestServer server([](HttpRequest const&, Reply const& reply) {
        HttpResponse response;
        response.headers = {{"location", "/x\r\nset-cookie: y"}};
        reply(response);
    });
    auto client = server.connect();
    client.send("GET / HTTP/1.1\r\nHost: kith\r\n\r\n");
    auto const answer = client.receive();
    CHECK(answer.status == 500);
    CHECK_FALSE(answer.names("set-cookie"));
}

TEST_CASE("a large answer arrives whole, whoever owns its bytes") {
    static std::string const large(5'000'000, 'k');
    TestServer server([](HttpRequest const& request, Reply const& reply) {
        HttpResponse response;
        if (request.target == "/static")
            response.static_body = large;
        else
            response.body = std::make_shared<std::string const>(large);
        reply(response);
    });
    auto client = server.connect();
    client.send("GET /static HTTP/1.1\r\nHost: kith\r\n\r\nGET / HTTP/1.1\r\nHost: kith\r\n\r\n");
    CHECK(client.receive().body == large);
    CHECK(client.receive().body == large);
}

TEST_CASE("who asks is the sender, or whom a trusted proxy names") {
    auto const say_peer = [](HttpRequest const& request, Reply const& reply) {
        reply(text_response(request.peer + (request.over_tls ? " tls" : " plain")));
    };
    std::string const ask =
        "GET / HTTP/1.1\r\nHost: kith\r\nX-Forwarded-For: 203.0.113.9, 198.51.100.7:4711\r\n"
        "X-Forwarded-For: [2001:db8::1]:80\r\nX-Forwarded-Proto: https\r\n\r\n";
    SUBCASE("nobody's word counts by default") {
        TestServer server(say_peer);
        auto client = server.connect();
        client.send(ask);
        CHECK(client.receive().body == "127.0.0.1 plain");
    }
    SUBCASE("the last hop before a trusted proxy") {
        TestServer server(say_peer, {}, 10, {"127.0.0.1"});
        auto client = server.connect();
        client.send(ask);
        CHECK(client.receive().body == "2001:db8::1 tls");
    }
    SUBCASE("through two trusted proxies, and no further") {
        TestServer server(say_peer, {}, 10, {"127.0.0.1", "2001:db8::1"});
        auto client = server.connect();
        client.send(ask);
        CHECK(client.receive().body == "198.51.100.7 tls");
    }
    SUBCASE("what isn't an address ends the chain") {
        TestServer server(say_peer, {}, 10, {"127.0.0.1"});
        auto client = server.connect();
        client.send("GET / HTTP/1.1\r\nHost: kith\r\nX-Forwarded-For: 203.0.113.9, me\r\n\r\n");
        CHECK(client.receive().body == "127.0.0.1 plain");
    }
    SUBCASE("a proxy that isn't an address is refused at the start") {
        CHECK_THROWS_WITH_AS(TestServer(say_peer, {}, 10, {"proxy"}),
                             "not the address of a proxy: proxy", std::invalid_argument);
    }
}

TEST_CASE("dates are written as HTTP has them") {
    CHECK(http_date(std::chrono::sys_seconds(784111777s)) == "Sun, 06 Nov 1994 08:49:37 GMT");
}
