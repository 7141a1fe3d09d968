#include "database/silence.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <map>

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
        auto const all = suspects();
        lock.unlock();
        std::map<postgres::Reach::Options, bool> answering;
        for (auto const& suspect : all) {
            auto const& options = suspect.reach.options;
            if (!answering.contains(options)) answering[options] = postgres::answers(options);
        }
        lock.lock();
        for (auto const& suspect : all)
            if (!answering[suspect.reach.options]) cut(suspect);
    }
}

std::vector<SilenceWatch::Suspect> SilenceWatch::suspects() const {
    std::vector<Suspect> all;
    auto const long_ago = Steady::now() - patience;
    for (auto* const session : sessions_) {
        auto const since = session->since_.load();
        if (since != Steady::time_point{} && since < long_ago)
            all.push_back({session, since, session->reach_});
    }
    return all;
}

/// Whoever waits finds the connection lost, and closes it.
void SilenceWatch::cut(Suspect const& suspect) {
    // It may have gone, or have been answered, while the server was asked.
    bool const is_there =
        std::find(sessions_.begin(), sessions_.end(), suspect.session) != sessions_.end();
    if (is_there && suspect.session->since_.load() == suspect.since)
        ::shutdown(suspect.reach.socket, SHUT_RDWR);
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
