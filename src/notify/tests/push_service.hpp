#pragma once
// A push service on loopback (RFC 8030): keeps what it is sent and answers what it is told to.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kith::notify::testing {

class PushService {
public:
    using Request = boost::beast::http::request<boost::beast::http::string_body>;

    PushService()
        : acceptor_(context_, {boost::asio::ip::make_address("127.0.0.1"), 0}),
          thread_([this] { serve(); }) {}
    ~PushService() {
        stopping_ = true;
        // One more connection wakes who waits for one.
        boost::asio::io_context context;
        boost::asio::ip::tcp::socket last(context);
        boost::system::error_code ignored;
        last.connect(acceptor_.local_endpoint(), ignored);
        thread_.join();
    }
    PushService(PushService const&) = delete;
    PushService& operator=(PushService const&) = delete;

    [[nodiscard]] std::string origin() const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    }
    /// Answers with `status` from now on.
    void answer(unsigned status) { status_ = status; }
    [[nodiscard]] std::vector<Request> requests() {
        std::scoped_lock const lock(mutex_);
        return requests_;
    }

private:
    void serve() {
        while (true) {
            boost::asio::ip::tcp::socket socket(context_);
            boost::system::error_code failed;
            acceptor_.accept(socket, failed);
            if (stopping_ || failed) return;
            boost::beast::flat_buffer buffer;
            Request request;
            boost::beast::http::read(socket, buffer, request, failed);
            if (failed) continue;
            {
                std::scoped_lock const lock(mutex_);
                requests_.push_back(request);
            }
            boost::beast::http::response<boost::beast::http::empty_body> response;
            response.result(status_);
            response.set("location", "http://127.0.0.1:1/elsewhere");
            response.prepare_payload();
            response.keep_alive(false);
            boost::beast::http::write(socket, response, failed);
        }
    }

    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::atomic<bool> stopping_ = false;
    std::atomic<unsigned> status_ = 201;
    std::mutex mutex_;
    std::vector<Request> requests_;
    std::thread thread_;
};

}  // namespace kith::notify::testing
