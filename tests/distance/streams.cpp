#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "looking.hpp"

namespace kith::apart {

namespace net = boost::asio;

/// One stream: read as it comes, to its end.
struct Streams::Open {
    explicit Open(std::uint16_t port) : socket(context) {
        socket.connect({net::ip::make_address("127.0.0.1"), port});
        // What waits in vain fails instead of hanging.
        timeval const patience{30, 0};
        ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }

    bool read_some() {
        std::array<char, 16384> bytes{};
        auto const count = ::recv(socket.native_handle(), bytes.data(), bytes.size(), 0);
        if (count < 0) throw std::runtime_error("an event stream doesn't end");
        text.append(bytes.data(), static_cast<std::size_t>(count));
        return count > 0;
    }

    net::io_context context;
    net::ip::tcp::socket socket;
    std::string text;
};

namespace {

/// The lines of a stream without those that only keep it open.
std::string without_heartbeats(std::string const& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size() - 1);
        auto const line = text.substr(at, end - at + 1);
        at = end + 1;
        if (!line.starts_with(':')) out += line;
    }
    return out;
}

}  // namespace

Streams::Streams(World& world, std::vector<std::string> const& places) : world_(world) {
    for (auto const& place : places) {
        auto const url = json_text(world.browser(Who::lea).get_json(place), "live_url");
        if (!url.starts_with("/events")) continue;
        urls_.push_back(url);
        open(url, {});
    }
}

Streams::~Streams() = default;

void Streams::open(std::string const& url, std::string const& last) {
    auto stream = std::make_unique<Open>(world_.site->port());
    std::string request = "GET " + url +
                          " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(world_.site->port()) +
                          "\r\nConnection: close\r\nAccept: text/event-stream\r\nCookie: ";
    for (auto const& [name, value] : world_.browser(Who::lea).cookies)
        request += name + "=" + value + "; ";
    if (!last.empty()) request += "\r\nLast-Event-ID: " + last;
    net::write(stream->socket, net::buffer(request + "\r\n\r\n"));
    while (stream->text.find("\r\n\r\n") == std::string::npos)
        if (!stream->read_some()) break;
    if (!stream->text.starts_with("HTTP/1.1 200 "))
        throw std::runtime_error("an event stream isn't opened: " + url);
    auto const end = stream->text.find("\r\n\r\n");
    stream->text.erase(0, end == std::string::npos ? stream->text.size() : end + 4);
    open_.push_back(std::move(stream));
}

std::vector<std::string> Streams::until_end() {
    world_.site->site().live.end_streams_of(world_.member(Who::lea));
    std::vector<std::string> texts;
    for (auto const& stream : open_) {
        while (stream->read_some()) continue;
        texts.push_back(without_heartbeats(stream->text));
    }
    open_.clear();
    return texts;
}

std::vector<std::string> Streams::told() {
    auto texts = until_end();
    heads_.clear();
    for (auto const& text : texts) {
        auto const at = text.find("id: ");
        heads_.push_back(at == std::string::npos ? std::string()
                                                 : text.substr(at + 4, PublicId::length));
    }
    return texts;
}

std::vector<std::string> Streams::told_again() {
    for (std::size_t i = 0; i < urls_.size(); ++i) open(urls_[i], heads_[i]);
    return until_end();
}

}  // namespace kith::apart
