#include "database/readers.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "base/refusal.hpp"

namespace kith::database {
namespace {

constexpr Sql begin_read = "begin";
constexpr Sql end_read = "commit";

void run(Connection& connection, Sql const& sql) { detail::Cursor cursor(connection, sql, {}, {}); }

}  // namespace

Readers::Readers(Address address, std::size_t ready, SilenceWatch* watch, Purpose purpose)
    : address_(std::move(address)), purpose_(purpose), watch_(watch) {
    // Some at once, so that a wrong address is known at start and the first page is quick.
    std::vector<std::unique_ptr<Connection>> opened;
    for (std::size_t at = 0; at < std::clamp<std::size_t>(ready, 1, limits::read_sessions_max);
         ++at) {
        opened.push_back(borrow());
    }
    for (auto& connection : opened) {
        give_back(std::move(connection));
    }
}

std::unique_ptr<Connection> Readers::borrow() {
    {
        std::unique_lock lock(mutex_);
        bool const free = condition_.wait_for(lock, limits::read_session_wait_max, [&] {
            return !idle_.empty() || open_ < limits::read_sessions_max;
        });
        if (!free) {
            throw DatabaseError(Fault::storage, "all sessions for reading are in use");
        }
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        require_hope();
        is_trying_ = is_gone_;
        ++open_;
    }
    return open_one();
}

void Readers::require_hope() const {
    if (is_gone_ && (is_trying_ || std::chrono::steady_clock::now() < try_again_at_)) {
        throw DatabaseError(Fault::storage, "the database is gone");
    }
}

std::unique_ptr<Connection> Readers::open_one() {
    auto const begun = std::chrono::steady_clock::now();
    try {
        auto connection = std::make_unique<Connection>(address_, purpose_, watch_);
        std::scoped_lock const lock(mutex_);
        is_gone_ = is_trying_ = false;
        return connection;
    } catch (...) {
        {
            auto const now = std::chrono::steady_clock::now();
            std::scoped_lock const lock(mutex_);
            // One that says no at once holds up nobody.
            is_gone_ = now - begun >= limits::slow_no_time;
            is_trying_ = false;
            try_again_at_ = now + limits::reconnect_time;
        }
        give_back(nullptr);
        throw;
    }
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
    {
        std::scoped_lock const lock(mutex_);
        if (connection && !connection->lost()) {
            idle_.push_back(std::move(connection));
        } else {
            --open_;
        }
    }
    condition_.notify_one();
}

void Readers::read_once(std::function<void(Read&)> const& work) {
    auto connection = borrow();
    try {
        connection->forget_failure();
        run(*connection, begin_read);
        Read read(*connection);
        work(read);
        run(*connection, end_read);
    } catch (...) {
        connection->roll_back();
        give_back(std::move(connection));
        throw;
    }
    give_back(std::move(connection));
}

void Readers::drop_idle() {
    std::vector<std::unique_ptr<Connection>> dropped;
    std::scoped_lock const lock(mutex_);
    open_ -= idle_.size();
    dropped.swap(idle_);
}

void Readers::read(std::function<void(Read&)> const& work) {
    try {
        read_once(work);
    } catch (DatabaseError const& error) {
        if (error.fault() != Fault::lost && error.fault() != Fault::conflict) {
            throw;
        }
        // A server that restarted has closed all of them.
        if (error.fault() == Fault::lost) {
            drop_idle();
        }
        read_once(work);
    }
}

}  // namespace kith::database
