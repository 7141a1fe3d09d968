#pragma once
// A small HTTP client that keeps cookies, as a browser does: for route tests over real HTTP.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <map>
#include <string>
#include <vector>

namespace kith::tests {

namespace beast = boost::beast;
namespace http = boost::beast::http;

/// What came back.
struct Reply {
    unsigned status = 0;
    std::map<std::string, std::string> headers;  ///< lower-case names; the last of several
    std::vector<std::string> cookies;            ///< each Set-Cookie
    std::string body;

    [[nodiscard]] std::string header(std::string const& name) const {
        auto const found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
    [[nodiscard]] boost::json::value json() const { return boost::json::parse(body); }
    [[nodiscard]] bool has(std::string_view words) const {
        return body.find(words) != std::string::npos;
    }
};

using FormFields = std::vector<std::pair<std::string, std::string>>;

inline std::string encode_form(FormFields const& fields) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    auto const add = [&](std::string const& text) {
        for (unsigned char const c : text) {
            if (std::isalnum(c) != 0) {
                out += static_cast<char>(c);
            } else {
                out.append("%").append(1, hex[c >> 4U]).append(1, hex[c & 15U]);
            }
        }
    };
    for (auto const& [name, value] : fields) {
        if (!out.empty()) out += '&';
        add(name);
        out += '=';
        add(value);
    }
    return out;
}

/// One person's browser; a new one is a stranger.
class Browser {
public:
    explicit Browser(std::uint16_t port) : port_(port) {}

    Reply get(std::string const& target) { return send(http::verb::get, target, "", ""); }
    Reply head(std::string const& target) { return send(http::verb::head, target, "", ""); }
    Reply post(std::string const& target, FormFields const& fields = {}) {
        return send(http::verb::post, target, encode_form(fields),
                    "application/x-www-form-urlencoded");
    }
    Reply get_json(std::string const& target) {
        Browser program = *this;
        program.headers["accept"] = "application/json";
        return program.send(http::verb::get, target, "", "");
    }
    Reply post_json(std::string const& target, boost::json::value const& body) {
        auto const before = headers;
        headers["accept"] = "application/json";
        auto reply =
            send(http::verb::post, target, boost::json::serialize(body), "application/json");
        headers = before;
        return reply;
    }
    /// Follows a 303 to its page.
    Reply follow(Reply const& reply) {
        auto location = reply.header("location");
        return get(location.substr(0, location.find('#')));
    }

    Reply send(http::verb verb, std::string const& target, std::string const& body,
               std::string const& type) {
        boost::asio::io_context context;
        beast::tcp_stream stream(context);
        write(stream, verb, target, body, type);
        beast::flat_buffer buffer;
        http::response_parser<http::string_body> parser;
        parser.body_limit(64 * 1024 * 1024);
        parser.skip(verb == http::verb::head);
        http::read(stream, buffer, parser);
        return take(parser.get());
    }
    /// The head of the answer to a GET, and no more of it: a stream has no end.
    Reply get_head(std::string const& target) {
        boost::asio::io_context context;
        beast::tcp_stream stream(context);
        write(stream, http::verb::get, target, "", "");
        beast::flat_buffer buffer;
        http::response_parser<http::string_body> parser;
        http::read_header(stream, buffer, parser);
        return take(parser.get());
    }

    std::map<std::string, std::string> headers;  ///< sent with every request
    std::map<std::string, std::string> cookies;

private:
    void write(beast::tcp_stream& stream, http::verb verb, std::string const& target,
               std::string const& body, std::string const& type) const {
        stream.expires_after(std::chrono::seconds(30));
        stream.connect({boost::asio::ip::make_address("127.0.0.1"), port_});
        http::request<http::string_body> request(verb, target, 11);
        request.set("host", "127.0.0.1:" + std::to_string(port_));
        if (verb == http::verb::post) request.set("sec-fetch-site", "same-origin");
        if (!type.empty()) request.set("content-type", type);
        for (auto const& [name, value] : headers) request.set(name, value);
        if (!cookies.empty()) request.set("cookie", cookie_line());
        request.body() = body;
        request.prepare_payload();
        http::write(stream, request);
    }

    std::string cookie_line() const {
        std::string line;
        for (auto const& [name, value] : cookies)
            line += (line.empty() ? "" : "; ") + name + "=" + value;
        return line;
    }

    Reply take(http::response<http::string_body> const& response) {
        Reply reply;
        reply.status = response.result_int();
        reply.body = response.body();
        for (auto const& field : response) {
            std::string name(field.name_string());
            for (auto& c : name) c = static_cast<char>(std::tolower(c));
            reply.headers[name] = std::string(field.value());
            if (name != "set-cookie") continue;
            std::string const line(field.value());
            reply.cookies.push_back(line);
            auto const equals = line.find('=');
            auto const end = line.find(';');
            auto const value = line.substr(equals + 1, end - equals - 1);
            if (value.empty() || line.find("Max-Age=0") != std::string::npos) {
                cookies.erase(line.substr(0, equals));
            } else {
                cookies[line.substr(0, equals)] = value;
            }
        }
        return reply;
    }

    std::uint16_t port_;
};

}  // namespace kith::tests
