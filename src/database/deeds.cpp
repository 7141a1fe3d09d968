#include "database/deeds.hpp"

#include "base/limits.hpp"
#include "base/refusal.hpp"

namespace kith::database {

void DeedQueue::put(WaitingDeed deed) {
    {
        std::scoped_lock const lock(mutex_);
        if (closed_ || waiting_.size() >= limits::deeds_waiting_max) {
            throw Refusal::nothing_saved();
        }
        waiting_.push_back(std::move(deed));
    }
    condition_.notify_one();
}

std::vector<WaitingDeed> DeedQueue::take(std::size_t most, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    condition_.wait_for(lock, patience, [&] { return closed_ || !waiting_.empty(); });
    std::vector<WaitingDeed> taken;
    while (!waiting_.empty() && taken.size() < most) {
        taken.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    return taken;
}

void DeedQueue::close() {
    {
        std::scoped_lock const lock(mutex_);
        closed_ = true;
    }
    condition_.notify_all();
}

std::size_t DeedQueue::size() {
    std::scoped_lock const lock(mutex_);
    return waiting_.size();
}

bool DeedQueue::drained() {
    std::scoped_lock const lock(mutex_);
    return closed_ && waiting_.empty();
}

void run_after_commit(std::vector<std::function<void()>> const& works, OnFault const& on_fault) {
    for (auto const& work : works) {
        try {
            work();
        } catch (std::exception const& error) {
            on_fault(std::string("after a commit: ") + error.what());
        }
    }
}

void tell(Done const& done, std::exception_ptr error, OnFault const& on_fault) {
    try {
        if (done) {
            done(std::move(error));
        }
    } catch (std::exception const& thrown) {
        on_fault(std::string("telling how a deed ended: ") + thrown.what());
    }
}

std::exception_ptr as_refusal(std::exception_ptr error, OnFault const& on_fault) {
    try {
        std::rethrow_exception(error);
    } catch (DatabaseError const& thrown) {
        if (thrown.fault() != Fault::storage && thrown.fault() != Fault::lost &&
            thrown.fault() != Fault::conflict) {
            return error;
        }
        on_fault(thrown.what());
        return std::make_exception_ptr(Refusal::nothing_saved());
    } catch (...) {
        return error;
    }
}

}  // namespace kith::database
