#include "web/live_order.hpp"

#include <exception>
#include <utility>

#include "web/live.hpp"

namespace kith::web {

std::uint64_t LiveOrder::take(std::string const& of) {
    std::lock_guard const lock(mutex_);
    lines_[of].places.emplace(++last_, Place{});
    return last_;
}

void LiveOrder::settle(std::string const& of, std::uint64_t number, std::function<void()> tell) {
    std::unique_lock lock(mutex_);
    auto& line = lines_.at(of);
    line.places.at(number) = {true, std::move(tell)};
    // Whoever is telling takes this with it: two at once could overtake each other.
    if (std::exchange(line.is_being_told, true)) return;
    std::exception_ptr failed;
    while (!line.places.empty() && line.places.begin()->second.is_settled) {
        auto const due = std::move(line.places.begin()->second.tell);
        line.places.erase(line.places.begin());
        if (!due) continue;
        lock.unlock();
        try {
            due();
        } catch (...) {
            if (!failed) failed = std::current_exception();
        }
        lock.lock();
    }
    line.is_being_told = false;
    if (line.places.empty()) lines_.erase(of);
    lock.unlock();
    if (failed) std::rethrow_exception(failed);
}

LiveTurn::LiveTurn(std::shared_ptr<LiveOrder> order, std::string of)
    : order_(std::move(order)), of_(std::move(of)), number_(order_->take(of_)) {}

LiveTurn::~LiveTurn() {
    if (is_used_) return;
    try {
        order_->settle(of_, number_, nullptr);
    } catch (std::exception const&) {
        // What another's message threw: its browsers find it in the database when they come back.
    }
}

void LiveTurn::use(std::function<void()> tell) {
    is_used_ = true;
    order_->settle(of_, number_, std::move(tell));
}

}  // namespace kith::web
