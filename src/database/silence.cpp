#include "database/silence.hpp"

#include <sys/socket.h>

#include "base/limits.hpp"

namespace kith::database {
namespace {

using Steady = std::chrono::steady_clock;

constexpr auto look_time = std::chrono::seconds(1);
constexpr auto patience = limits::silent_server_time_max / 2;

}  // namespace

SilenceWatch::SilenceWatch() : thread_([this] { work(); }) {}

SilenceWatch::~SilenceWatch() {
    {
        std::scoped_lock const lock(mutex_);
        is_stopping_ = true;
    }
    stopping_.notify_all();
    thread_.join();
}

void SilenceWatch::work() {
    std::unique_lock lock(mutex_);
    while (!stopping_.wait_for(lock, look_time, [&] { return is_stopping_; })) {
        auto silent = servers_in_debt();
        lock.unlock();
        std::erase_if(silent, postgres::answers);
        lock.lock();
        cut(silent);
    }
}

SilenceWatch::Servers SilenceWatch::servers_in_debt() const {
    Servers servers;
    auto const long_ago = Steady::now() - patience;
    for (auto const* session : sessions_) {
        auto const since = session->since_.load();
        if (since != Steady::time_point{} && since < long_ago)
            servers.insert(session->reach_.options);
    }
    return servers;
}

/// Whoever waits finds the connection lost, and closes it; so does whoever would have asked next.
void SilenceWatch::cut(Servers const& silent) {
    for (auto const* session : sessions_)
        if (silent.contains(session->reach_.options)) ::shutdown(session->reach_.socket, SHUT_RDWR);
}

WatchedSession::WatchedSession(SilenceWatch& watch, postgres::Reach reach)
    : watch_(watch), reach_(std::move(reach)) {
    std::scoped_lock const lock(watch_.mutex_);
    watch_.sessions_.push_back(this);
}

WatchedSession::~WatchedSession() {
    std::scoped_lock const lock(watch_.mutex_);
    std::erase(watch_.sessions_, this);
}

}  // namespace kith::database
