#include "web/rates.hpp"

#include <algorithm>
#include <cmath>

#include "base/refusal.hpp"
#include "web/nodes_store.hpp"

namespace kith::web {

void Rates::share(database::Database& database, Seal const& seal) {
    database_ = &database;
    seal_ = &seal;
}

std::chrono::seconds Rates::take(std::string const& what, std::string const& actor, unsigned times,
                                 std::chrono::seconds period) {
    auto const key = what + ' ' + actor;
    // Here first: who hammers one node costs the database nothing.
    auto wait = take_here(key, times, period);
    if (wait.count() > 0 || !database_) return wait;
    wait = take_shared(key, times, period);
    if (wait.count() > 0) give_back_here(key);
    return wait;
}

std::chrono::seconds Rates::take_shared(std::string const& key, unsigned times,
                                        std::chrono::seconds period) {
    std::chrono::microseconds const whole = period;
    std::chrono::microseconds wait{0};
    database_->write_apart([&](database::Write& write) {
        wait = count_shared(write, seal_->hash("rate", key), clock_.now(), whole / times, whole);
    });
    return std::chrono::ceil<std::chrono::seconds>(wait);
}

std::chrono::seconds Rates::take_here(std::string const& key, unsigned times,
                                      std::chrono::seconds period) {
    using Seconds = std::chrono::duration<double>;
    auto const now = clock_.now();
    std::lock_guard const lock(mutex_);
    auto found = buckets_.find(key);
    if (found == buckets_.end()) {
        if (buckets_.size() >= actors_max) {
            buckets_.erase(oldest_first_.front());
            oldest_first_.pop_front();
        }
        oldest_first_.push_back(key);
        auto const age = std::prev(oldest_first_.end());
        found = buckets_.emplace(key, Bucket{static_cast<double>(times), now, age}).first;
    }
    auto& bucket = found->second;
    oldest_first_.splice(oldest_first_.end(), oldest_first_, bucket.age);
    double const per_second = times / Seconds(period).count();
    double const passed = std::max(0.0, Seconds(now - bucket.filled_at).count());
    bucket.tokens = std::min<double>(times, bucket.tokens + passed * per_second);
    bucket.filled_at = now;
    if (bucket.tokens >= 1.0) {
        bucket.tokens -= 1.0;
        return std::chrono::seconds(0);
    }
    return std::chrono::seconds(
        static_cast<std::int64_t>(std::ceil((1.0 - bucket.tokens) / per_second)));
}

void Rates::require(std::string const& what, std::string const& actor, unsigned times,
                    std::chrono::seconds period) {
    auto const wait = take(what, actor, times, period);
    if (wait.count() > 0) throw Refusal::too_often(wait);
}

void Rates::give_back(std::string const& what, std::string const& actor) {
    auto const key = what + ' ' + actor;
    give_back_here(key);
    if (!database_) return;
    database_->write_apart(
        [&](database::Write& write) { uncount_shared(write, seal_->hash("rate", key)); });
}

void Rates::give_back_here(std::string const& key) {
    std::lock_guard const lock(mutex_);
    auto const found = buckets_.find(key);
    // take() cuts at the bucket's size: nobody can save up.
    if (found != buckets_.end()) found->second.tokens += 1.0;
}

}  // namespace kith::web
