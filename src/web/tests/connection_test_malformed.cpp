#include <doctest/doctest.h>

#include "web/tests/connection_test_parts.hpp"

using namespace kith::web;
using namespace kith::web::tests;

namespace {

struct Malformed {
    std::string why;
    std::string bytes;
    unsigned status = 400;
};

std::string const start = "GET / HTTP/1.1\r\nHost: kith\r\n";
std::string const post = "POST / HTTP/1.1\r\nHost: kith\r\n";
std::string const chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

std::vector<Malformed> heads() {
    return {
        {"noise", "\x16\x03\x01\x02"},
        {"no version", "GET /\r\n\r\n"},
        {"unknown version", "GET / HTTP/2.0\r\nHost: kith\r\n\r\n", 505},
        {"a version that is none", "GET / HTTQ/1.1\r\nHost: kith\r\n\r\n"},
        {"a space in the target", "GET /a b HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"two spaces", "GET  / HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"a line that ends in LF alone", "GET / HTTP/1.1\nHost: kith\r\n\r\n"},
        {"a header that ends in LF alone", start + "A: b\nC: d\r\n\r\n"},
        {"CR alone", start + "A: b\rC: d\r\n\r\n"},
        {"NUL", start + std::string("A: b\0c\r\n\r\n", 10)},
        {"a control character", start + "A: b\x01\r\n\r\n"},
        {"DEL", start + "A: b\x7f\r\n\r\n"},
        {"a folded line", start + "A: b\r\n c\r\n\r\n"},
        {"a folded first line", "GET / HTTP/1.1\r\n Host: kith\r\n\r\n"},
        {"space before the colon", start + "A : b\r\n\r\n"},
        {"no colon", start + "A\r\n\r\n"},
        {"no name", start + ": b\r\n\r\n"},
        {"no Host", "GET / HTTP/1.1\r\n\r\n"},
        {"two Hosts", start + "host: kith\r\n\r\n"},
        {"a Host with user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"},
        {"a Host with path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        {"a list as Host", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"},
        {"a target of another site", "GET //x HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"the same by backslash", "GET /\\x HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"the same in absolute form", "GET http://kith//x HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"absolute form with user", "GET http://a@b/ HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"absolute form without host", "GET http:///x HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"another scheme", "GET ftp://kith/ HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"a target without slash", "GET essays HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"a fragment", "GET /#a HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"raw UTF-8 in the target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"asterisk form", "GET * HTTP/1.1\r\nHost: kith\r\n\r\n"},
        {"an unknown expectation", post + "Expect: tea\r\nContent-Length: 1\r\n\r\nx", 417},
    };
}

std::vector<Malformed> bodies() {
    return {
        {"length and coding",
         post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"coding and length",
         post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"},
        {"two lengths", post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd"},
        {"the same length twice", post + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd"},
        {"a list of lengths", post + "Content-Length: 4, 4\r\n\r\nabcd"},
        {"a negative length", post + "Content-Length: -1\r\n\r\n"},
        {"a signed length", post + "Content-Length: +4\r\n\r\nabcd"},
        {"a hexadecimal length", post + "Content-Length: 0x4\r\n\r\nabcd"},
        {"an empty length", post + "Content-Length:\r\n\r\n"},
        {"a length beyond all numbers", post + "Content-Length: 99999999999999999999\r\n\r\n"},
        {"another coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        {"a last coding that isn't chunked", post + "Transfer-Encoding: gzip\r\n\r\n"},
        {"chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"},
        {"two codings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {"coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"a chunk without size", chunked + "\r\nab\r\n0\r\n\r\n"},
        {"a chunk of no number", chunked + "x\r\nab\r\n0\r\n\r\n"},
        {"a chunk's size beyond all numbers", chunked + "fffffffffffffffff\r\nab\r\n0\r\n\r\n"},
        {"a chunk longer than its size", chunked + "1\r\nab\r\n0\r\n\r\n"},
        {"a chunk's size with LF alone", chunked + "1\na\r\n0\r\n\r\n"},
        {"a bad chunk extension", chunked + "1;=\r\na\r\n0\r\n\r\n"},
        {"a bad trailer", chunked + "0\r\nno colon\r\n\r\n"},
        {"trailers without end", chunked + "0\r\nA: " + std::string(20'000, 'x')},
        {"a chunk extension without end", chunked + "1;a=" + std::string(20'000, 'x')},
    };
}

void check_refused(TestServer& server, Malformed const& malformed) {
    CAPTURE(malformed.why);
    auto client = server.connect();
    // What follows must not be taken for a second request.
    client.send(malformed.bytes + start + "\r\n");
    auto const answer = client.receive();
    CHECK(answer.status == malformed.status);
    CHECK(answer.has("connection: close"));
    CHECK(answer.has("content-type: text/plain; charset=utf-8"));
    for (auto const& [name, value] : base_security_headers)
        CHECK(answer.has(std::string(name) + ": " + std::string(value)));
    CHECK_FALSE(answer.body.empty());
    CHECK(client.is_closed());
}

}  // namespace

TEST_CASE("a malformed head is refused and its connection closed") {
    TestServer server;
    for (auto const& malformed : heads()) check_refused(server, malformed);
    CHECK(server->counts().requests == 0);
    CHECK(server->counts().requests_malformed == heads().size());
}

TEST_CASE("a body that two readers could understand differently is refused") {
    TestServer server;
    for (auto const& malformed : bodies()) check_refused(server, malformed);
    CHECK(server->counts().requests == 0);
}

TEST_CASE("a verb other than GET, HEAD and POST is refused with those that are answered") {
    TestServer server;
    for (std::string const line :
         {"PUT / HTTP/1.1", "DELETE / HTTP/1.1", "OPTIONS * HTTP/1.1", "CONNECT kith:443 HTTP/1.1",
          "TRACE / HTTP/1.1", "get / HTTP/1.1", "BREW /tea HTTP/1.1"}) {
        CAPTURE(line);
        auto client = server.connect();
        client.send(line + "\r\nHost: kith\r\n\r\n");
        auto const answer = client.receive();
        CHECK(answer.status == 405);
        CHECK(answer.has("allow: get, head, post"));
        CHECK(client.is_closed());
    }
}

TEST_CASE("what was asked before a malformed request is still answered") {
    TestServer server;
    auto client = server.connect();
    client.send(start + "\r\n" + "GET / HTTP/9.9\r\n\r\n");
    CHECK(client.receive().status == 200);
    CHECK(client.receive().status == 505);
    CHECK(client.is_closed());
}
