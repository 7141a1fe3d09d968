#pragma once
// What stands outside of a world and gets something from it: a mail server, and a push service on
// loopback (RFC 8030) that keeps what it is sent.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "postgres.hpp"
#include "smtp_sink.hpp"

namespace kith::apart {

class PushService {
public:
    PushService();
    ~PushService();
    PushService(PushService const&) = delete;
    PushService& operator=(PushService const&) = delete;

    [[nodiscard]] std::string origin() const;
    /// What came, each as a line: where to, the headers that it has, and how long it is. The
    /// words are sealed for the browser, anew each time.
    [[nodiscard]] std::vector<std::string> taken();

private:
    void serve();

    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::vector<std::string> taken_;
    std::thread thread_;
};

/// A mail as a mailbox shows it: without the breaks that only its encoding puts in.
[[nodiscard]] std::string unfolded(std::string source);

/// A point on the curve, as a browser would make one for its device (RFC 8291, appendix A).
inline constexpr char device_key[] =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
inline constexpr char device_secret[] = "BTBZMqHH6r4Tts7J_aSIgg";

}  // namespace kith::apart
