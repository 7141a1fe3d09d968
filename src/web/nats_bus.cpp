#include <nats/nats.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "web/bus.hpp"

namespace kith::web {
namespace {

using Options = std::unique_ptr<natsOptions, void (*)(natsOptions*)>;
using Connection = std::unique_ptr<natsConnection, void (*)(natsConnection*)>;
using Subscription = std::unique_ptr<natsSubscription, void (*)(natsSubscription*)>;
using Message = std::unique_ptr<natsMsg, void (*)(natsMsg*)>;

constexpr auto patience = std::chrono::milliseconds(500);
/// For a server that takes nothing. Whoever publishes holds the connection meanwhile, so that it
/// isn't asked either whether it is alive.
constexpr auto taking_time_max = std::chrono::seconds(10);

std::int64_t millis(std::chrono::milliseconds time) { return time.count(); }

void require(natsStatus status) {
    if (status != NATS_OK) throw std::runtime_error(natsStatus_GetText(status));
}

std::vector<std::string> parted(std::string const& urls) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < urls.size();) {
        auto const end = std::min(urls.find(',', at), urls.size());
        all.push_back(urls.substr(at, end - at));
        at = end + 1;
    }
    return all;
}

Options make_options(std::string const& urls) {
    natsOptions* made = nullptr;
    require(natsOptions_Create(&made));
    Options options(made, natsOptions_Destroy);
    auto const all = parted(urls);
    std::vector<char const*> servers;
    servers.reserve(all.size());
    for (auto const& url : all) servers.push_back(url.c_str());
    require(natsOptions_SetServers(made, servers.data(), static_cast<int>(servers.size())));
    require(natsOptions_SetTimeout(made, millis(limits::bus_connect_time_max)));
    require(natsOptions_SetMaxReconnect(made, -1));
    require(natsOptions_SetReconnectWait(made, millis(limits::bus_reconnect_time)));
    require(natsOptions_SetPingInterval(made, millis(limits::bus_ping_time)));
    require(natsOptions_SetMaxPingsOut(made, 2));
    require(natsOptions_SetReconnectBufSize(made, static_cast<int>(limits::bus_waiting_bytes_max)));
    require(natsOptions_SetWriteDeadline(made, millis(taking_time_max)));
    require(natsOptions_SetNoEcho(made, true));
    return options;
}

/// One thread connects, listens, and connects anew whatever has closed the connection.
class NatsBus final : public Bus {
public:
    NatsBus(std::string const& urls, std::string const& name, OnHint on_hint)
        : options_(make_options(urls)),
          subject_("kith." + name),
          on_hint_(std::move(on_hint)),
          thread_([this] { work(); }),
          sender_([this] { send_all(); }) {}

    ~NatsBus() override {
        {
            std::lock_guard const lock(mutex_);
            is_stopping_ = true;
        }
        stopping_.notify_all();
        // What was said last still goes out before the connection is closed.
        sender_.join();
        has_sent_all_ = true;
        thread_.join();
    }

    NatsBus(NatsBus const&) = delete;
    NatsBus& operator=(NatsBus const&) = delete;

    // A server that is silent holds up who publishes, which a deed mustn't be.
    void send(std::string_view hint) override {
        {
            std::lock_guard const lock(mutex_);
            // What can't be sent is found by the others' own look.
            if (waiting_.size() >= limits::bus_waiting_max) return;
            waiting_.emplace_back(hint);
        }
        stopping_.notify_all();
    }

    [[nodiscard]] bool is_there() const override { return is_connected_; }

private:
    void send_all() {
        std::unique_lock lock(mutex_);
        for (;;) {
            stopping_.wait(lock, [&] { return is_stopping_ || !waiting_.empty(); });
            if (waiting_.empty()) break;
            auto const hints = std::exchange(waiting_, {});
            lock.unlock();
            publish(hints);
            lock.lock();
        }
        nats_ReleaseThreadMemory();
    }

    void publish(std::deque<std::string> const& hints) {
        std::lock_guard const lock(connection_mutex_);
        if (!connection_) return;
        for (auto const& hint : hints)
            static_cast<void>(natsConnection_Publish(connection_.get(), subject_.c_str(),
                                                     hint.data(), static_cast<int>(hint.size())));
    }

    void work() {
        while (!has_sent_all_) {
            Subscription subscription(nullptr, natsSubscription_Destroy);
            if (connect(subscription)) listen(subscription.get());
            close(std::move(subscription));
            std::unique_lock lock(mutex_);
            stopping_.wait_for(lock, limits::bus_reconnect_time, [&] { return is_stopping_; });
        }
        nats_ReleaseThreadMemory();
    }

    bool connect(Subscription& subscription) {
        natsConnection* made = nullptr;
        if (natsConnection_Connect(&made, options_.get()) != NATS_OK) return false;
        Connection connection(made, natsConnection_Destroy);
        natsSubscription* listening = nullptr;
        if (natsConnection_SubscribeSync(&listening, made, subject_.c_str()) != NATS_OK)
            return false;
        subscription.reset(listening);
        std::lock_guard const lock(connection_mutex_);
        connection_ = std::move(connection);
        is_connected_ = true;
        return true;
    }

    void listen(natsSubscription* subscription) {
        while (!has_sent_all_) {
            // Of this thread alone while it listens: close() comes after.
            is_connected_ = natsConnection_Status(connection_.get()) == NATS_CONN_STATUS_CONNECTED;
            natsMsg* got = nullptr;
            auto const status = natsSubscription_NextMsg(&got, subscription, millis(patience));
            if (status == NATS_OK) {
                Message const message(got, natsMsg_Destroy);
                on_hint_(
                    {natsMsg_GetData(got), static_cast<std::size_t>(natsMsg_GetDataLength(got))});
            } else if (status != NATS_TIMEOUT && status != NATS_SLOW_CONSUMER) {
                return;
            }
        }
    }

    /// What was said last still goes out.
    void close(Subscription subscription) {
        Connection closing(nullptr, natsConnection_Destroy);
        {
            std::lock_guard const lock(connection_mutex_);
            std::swap(closing, connection_);
            is_connected_ = false;
        }
        if (!closing) return;
        if (natsConnection_Status(closing.get()) == NATS_CONN_STATUS_CONNECTED)
            natsConnection_FlushTimeout(closing.get(), millis(patience));
        subscription.reset();
        natsConnection_Close(closing.get());
    }

    Options options_;
    std::string const subject_;
    OnHint const on_hint_;
    std::mutex mutex_;  ///< of the three that follow
    std::condition_variable stopping_;
    std::deque<std::string> waiting_;
    bool is_stopping_ = false;
    std::atomic<bool> has_sent_all_ = false;
    std::atomic<bool> is_connected_ = false;
    std::mutex connection_mutex_;
    Connection connection_{nullptr, natsConnection_Destroy};
    std::thread thread_;
    std::thread sender_;
};

}  // namespace

std::unique_ptr<Bus> open_nats(std::string const& urls, std::string const& name, OnHint on_hint) {
    try {
        return std::make_unique<NatsBus>(urls, name, std::move(on_hint));
    } catch (std::runtime_error const& error) {
        // The addresses may hold a password.
        throw std::runtime_error(std::string("bus: the addresses can't be used: ") + error.what());
    }
}

}  // namespace kith::web
