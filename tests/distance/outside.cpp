#include "outside.hpp"

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace kith::apart {

namespace net = boost::asio;
namespace http = boost::beast::http;

PushService::PushService()
    : acceptor_(context_, {net::ip::make_address("127.0.0.1"), 0}), thread_([this] { serve(); }) {}

PushService::~PushService() {
    stopping_ = true;
    // One more connection wakes who waits for one.
    net::io_context context;
    net::ip::tcp::socket last(context);
    boost::system::error_code ignored;
    last.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
}

std::string PushService::origin() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
}

std::vector<std::string> PushService::taken() {
    std::scoped_lock const lock(mutex_);
    return taken_;
}

void PushService::serve() {
    while (true) {
        net::ip::tcp::socket socket(context_);
        boost::system::error_code failed;
        acceptor_.accept(socket, failed);
        if (stopping_ || failed) return;
        boost::beast::flat_buffer buffer;
        http::request<http::string_body> request;
        http::read(socket, buffer, request, failed);
        if (failed) continue;
        std::string line = std::string(request.target()) + " ttl=" + std::string(request["ttl"]) +
                           " urgency=" + std::string(request["urgency"]) +
                           " topic=" + std::string(request["topic"]) +
                           " bytes=" + std::to_string(request.body().size());
        {
            std::scoped_lock const lock(mutex_);
            taken_.push_back(std::move(line));
        }
        http::response<http::empty_body> response;
        response.result(http::status::created);
        response.prepare_payload();
        response.keep_alive(false);
        http::write(socket, response, failed);
    }
}

std::string unfolded(std::string source) {
    for (auto at = source.find("=\r\n"); at != std::string::npos; at = source.find("=\r\n", at))
        source.erase(at, 3);
    return source;
}

}  // namespace kith::apart
