#include "web/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "web/pending_answer.hpp"

namespace kith::web {
namespace {

constexpr std::size_t read_bytes = 4 * 1024;
constexpr std::size_t read_body_bytes = 64 * 1024;
constexpr std::chrono::milliseconds unlimited{-1};
constexpr std::string_view go_ahead = "HTTP/1.1 100 Continue\r\n\r\n";

/// Operations give a tuple that begins with their error instead of throwing it.
constexpr auto awaited = net::as_tuple(net::use_awaitable);

}  // namespace

Connection::Connection(IoLoop& loop, Socket socket, ConnectionPlace place)
    : loop_(loop),
      service_(loop.service()),
      socket_(std::move(socket)),
      place_(std::move(place)),
      reader_(service_.body_limit),
      body_share_(service_.body_bytes) {}

Connection::~Connection() { loop_.remove(*this); }

void Connection::start() {
    boost::system::error_code error;
    auto const end = socket_.remote_endpoint(error);
    if (error) return;  // gone already
    sender_ = without_mapping(end.address());
    socket_.set_option(net::ip::tcp::no_delay(true), error);
    socket_.non_blocking(true, error);
    if (error) return;
    loop_.add(*this);
    // What a request throws (no memory) costs its connection, not the server.
    net::co_spawn(socket_.get_executor(), serve(),
                  [self = shared_from_this()](std::exception_ptr const&) {});
}

void Connection::enter(Phase phase, std::chrono::milliseconds time_max) {
    phase_ = phase;
    is_late_ = false;
    deadline_ =
        time_max == unlimited ? Instant::max() : std::chrono::steady_clock::now() + time_max;
}

void Connection::sweep(Instant now) {
    if (now < deadline_) return;
    deadline_ = Instant::max();
    is_late_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Connection::drain() {
    if (phase_ == Phase::idle) sweep(Instant::max());
}

// In all coroutines here: g++ 12 under ASan runs into a trap when `co_await` stands in a condition
// itself. Its result gets a name first.
net::awaitable<void> Connection::serve() {
    auto goes_on = co_await receive();
    while (goes_on) {
        if (!answer_) ask();
        if (!answer_) co_await wait_for_answer();
        goes_on = co_await send_answer();
        if (goes_on) goes_on = co_await receive();
    }
    boost::system::error_code ignored;
    socket_.close(ignored);
}

net::awaitable<bool> Connection::receive() {
    told_go_ahead_ = false;
    allowed_for_upload_ = false;
    body_share_.release();
    if (buffer_.size() > 0)
        enter(Phase::reading, service_.settings.times.request);
    else
        enter(Phase::idle, service_.settings.times.idle);
    while (!read_buffered()) {
        allow_for_upload();
        if (reader_.waits_for_go_ahead() && !told_go_ahead_ && buffer_.size() == 0)
            co_await send_go_ahead();
        auto const is_there = co_await receive_more();
        if (!is_there || answer_) co_return is_there;
    }
    co_return true;
}

/// Reads on in what has come; true when there is a request to ask about, or its refusal to send.
bool Connection::read_buffered() {
    auto const bytes = buffer_.cdata();
    buffer_.consume(reader_.read({static_cast<char const*>(bytes.data()), bytes.size()}));
    if (reader_.state() == RequestReader::State::refused) {
        ++service_.requests_malformed;
        refuse(reader_.refusal_status());
        return true;
    }
    if (!body_share_.hold(reader_.body_bytes(), service_.settings.all_bodies_bytes_max)) {
        static_cast<void>(reader_.take());  // gives its memory back
        body_share_.release();
        refuse(503);
        return true;
    }
    return reader_.state() == RequestReader::State::whole;
}

void Connection::refuse(unsigned status) {
    keeps_alive_ = false;
    verb_ = Verb::get;
    answer_ = plain_response(status);
}

net::awaitable<bool> Connection::receive_more() {
    if (is_late_) co_return false;  // "100 Continue" wasn't taken
    auto const in_body = reader_.state() == RequestReader::State::body;
    auto const space = buffer_.prepare(in_body ? read_body_bytes : read_bytes);
    auto const [error, size] = co_await socket_.async_read_some(space, awaited);
    buffer_.commit(size);
    if (is_late_ && phase_ == Phase::reading) {
        ++service_.requests_timed_out;
        refuse(408);
        co_return true;
    }
    if (error || is_late_) co_return false;
    if (phase_ == Phase::idle) enter(Phase::reading, service_.settings.times.request);
    co_return true;
}

void Connection::allow_for_upload() {
    auto const bytes = reader_.upload_bytes();
    if (bytes == 0 || std::exchange(allowed_for_upload_, true)) return;
    deadline_ += std::chrono::seconds(bytes / limits::upload_bytes_per_second_min);
}

net::awaitable<void> Connection::send_go_ahead() {
    told_go_ahead_ = true;
    // If this fails, so does the read that follows.
    co_await net::async_write(socket_, net::buffer(go_ahead), awaited);
}

void Connection::ask() {
    ++service_.requests;
    auto taken = reader_.take();
    if (buffer_.size() == 0 && buffer_.capacity() > read_body_bytes / 2) buffer_.shrink_to_fit();
    verb_ = taken.request.verb;
    keeps_alive_ = taken.keeps_alive;
    is_http_1_0_ = taken.is_http_1_0;
    service_.trusted_proxies.name_peer(taken.request, sender_);
    enter(Phase::asking, unlimited);
    try {
        auto pending = std::make_shared<PendingAnswer>(loop_.gate(), weak_from_this());
        service_.answerer(std::move(taken.request),
                          [pending = std::move(pending)](HttpResponse response) {
                              pending->give(std::move(response));
                          });
    } catch (...) {
        // Its Reply is dropped by then, and that answers 500.
    }
    phase_ = Phase::waiting;
}

void Connection::deliver(HttpResponse response) {
    answer_ = std::move(response);
    if (auto const resume = std::exchange(resume_, nullptr)) resume();
}

void Connection::give_up() { auto const dropped = std::exchange(resume_, nullptr); }

net::awaitable<void> Connection::wait_for_answer() {
    auto initiation = [this](auto handler) {
        auto const kept = std::make_shared<decltype(handler)>(std::move(handler));
        resume_ = [kept] { std::move (*kept)(); };
    };
    return net::async_initiate<net::use_awaitable_t<> const, void()>(initiation,
                                                                     net::use_awaitable);
}

ConnectionWord Connection::word_after(HttpResponse const& response) const {
    if (response.close || response.stream || !keeps_alive_ || loop_.is_draining())
        return ConnectionWord::close;
    return is_http_1_0_ ? ConnectionWord::keep_alive : ConnectionWord::none;
}

net::awaitable<bool> Connection::send_answer() {
    auto response = *std::exchange(answer_, std::nullopt);
    if (!headers_are_safe(response.headers)) response = plain_response(500);
    auto const word = word_after(response);
    if (response.stream && verb_ == Verb::get) {
        hand_to_streams(std::move(response));
        co_return false;
    }
    head_.clear();
    append_head(head_, response, loop_.date(), word);
    auto body = body_of(response);
    if (verb_ == Verb::head || !may_have_body(response.status)) body = {};

    auto const for_size = std::chrono::seconds(body.size() / limits::answer_bytes_per_second_min);
    enter(Phase::sending, service_.settings.times.answer + for_size);
    auto const is_sent = co_await send_all(net::buffer(head_), net::buffer(body));
    if (!is_sent) co_return false;
    response = {};  // nothing of it waits for the next request
    if (word == ConnectionWord::close) co_await linger();
    co_return word != ConnectionWord::close;
}

net::awaitable<bool> Connection::send_all(net::const_buffer head, net::const_buffer body) {
    std::array<net::const_buffer, 2> buffers{head, body};
    boost::system::error_code error;
    // Nearly always the kernel takes it all at once, and there is nothing to wait for.
    auto const taken = socket_.write_some(buffers, error);
    if (error && error != net::error::would_block) co_return false;
    if (taken == head.size() + body.size()) co_return true;
    buffers[0] += taken;
    buffers[1] += taken - std::min(taken, head.size());
    auto const result = co_await net::async_write(socket_, buffers, awaited);
    co_return !std::get<0>(result) && !is_late_;
}

void Connection::hand_to_streams(HttpResponse response) {
    auto const add_missing = [&](std::string_view name, std::string_view value) {
        if (header(response.headers, name).empty()) response.headers.emplace_back(name, value);
    };
    add_missing("content-type", "text/event-stream");
    add_missing("cache-control", "no-store");
    add_missing("x-accel-buffering", "no");
    std::string head;
    append_head(head, response, loop_.date(), ConnectionWord::close);
    loop_.streams().adopt(std::move(socket_), std::move(place_), std::move(head),
                          std::move(*response.stream));
}

net::awaitable<void> Connection::linger() {
    boost::system::error_code error;
    socket_.shutdown(Socket::shutdown_send, error);
    if (error) co_return;
    enter(Phase::lingering, service_.settings.times.linger);
    while (!error && !is_late_) {
        buffer_.clear();
        auto const result = co_await socket_.async_read_some(buffer_.prepare(read_bytes), awaited);
        error = std::get<0>(result);
    }
}

}  // namespace kith::web
