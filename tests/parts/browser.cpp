#include "browser.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace kith::tests {

namespace beast = boost::beast;

namespace {

std::string cookie_line(Browser const& browser) {
    std::string line;
    for (auto const& [name, value] : browser.cookies)
        line += (line.empty() ? "" : "; ") + name + "=" + value;
    return line;
}

void write(beast::tcp_stream& stream, std::uint16_t port, Browser const& browser, http::verb verb,
           std::string const& target, std::string const& body, std::string const& type) {
    stream.expires_after(std::chrono::seconds(30));
    stream.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    http::request<http::string_body> request(verb, target, 11);
    request.set("host", "127.0.0.1:" + std::to_string(port));
    if (verb == http::verb::post) request.set("sec-fetch-site", "same-origin");
    if (!type.empty()) request.set("content-type", type);
    for (auto const& [name, value] : browser.headers) request.set(name, value);
    if (!browser.cookies.empty()) request.set("cookie", cookie_line(browser));
    request.body() = body;
    request.prepare_payload();
    http::write(stream, request);
}

void keep_cookie(Browser& browser, std::string const& line) {
    auto const equals = line.find('=');
    auto const end = line.find(';');
    auto const value = line.substr(equals + 1, end - equals - 1);
    if (value.empty() || line.find("Max-Age=0") != std::string::npos) {
        browser.cookies.erase(line.substr(0, equals));
    } else {
        browser.cookies[line.substr(0, equals)] = value;
    }
}

Reply take(Browser& browser, http::response<http::string_body> const& response) {
    Reply reply;
    reply.status = response.result_int();
    reply.body = response.body();
    for (auto const& field : response) {
        std::string name(field.name_string());
        for (auto& c : name) c = static_cast<char>(std::tolower(c));
        reply.headers[name] = std::string(field.value());
        if (name != "set-cookie") continue;
        reply.cookies.emplace_back(field.value());
        keep_cookie(browser, reply.cookies.back());
    }
    return reply;
}

}  // namespace

std::string Reply::header(std::string const& name) const {
    auto const found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

boost::json::value Reply::json() const { return boost::json::parse(body); }

bool Reply::has(std::string_view words) const { return body.find(words) != std::string::npos; }

std::string encode_form(FormFields const& fields) {
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

Reply Browser::get(std::string const& target) { return send(http::verb::get, target, "", ""); }

Reply Browser::head(std::string const& target) { return send(http::verb::head, target, "", ""); }

Reply Browser::post(std::string const& target, FormFields const& fields) {
    return send(http::verb::post, target, encode_form(fields), "application/x-www-form-urlencoded");
}

Reply Browser::get_json(std::string const& target) {
    Browser program = *this;
    program.headers["accept"] = "application/json";
    return program.send(http::verb::get, target, "", "");
}

Reply Browser::post_json(std::string const& target, boost::json::value const& body) {
    auto const before = headers;
    headers["accept"] = "application/json";
    auto reply = send(http::verb::post, target, boost::json::serialize(body), "application/json");
    headers = before;
    return reply;
}

Reply Browser::follow(Reply const& reply) {
    auto location = reply.header("location");
    return get(location.substr(0, location.find('#')));
}

Reply Browser::send(http::verb verb, std::string const& target, std::string const& body,
                    std::string const& type) {
    boost::asio::io_context context;
    beast::tcp_stream stream(context);
    write(stream, port_, *this, verb, target, body, type);
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(64 * 1024 * 1024);
    parser.skip(verb == http::verb::head);
    http::read(stream, buffer, parser);
    return take(*this, parser.get());
}

Reply Browser::get_head(std::string const& target) {
    boost::asio::io_context context;
    beast::tcp_stream stream(context);
    write(stream, port_, *this, http::verb::get, target, "", "");
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    http::read_header(stream, buffer, parser);
    return take(*this, parser.get());
}

}  // namespace kith::tests
