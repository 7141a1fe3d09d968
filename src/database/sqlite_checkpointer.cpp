#include "database/sqlite_checkpointer.hpp"

namespace kith::database {

SqliteCheckpointer::SqliteCheckpointer(Address const& address)
    : connection_(address, Purpose::writing) {
    thread_ = std::thread([this] { work(); });
}

SqliteCheckpointer::~SqliteCheckpointer() {
    {
        std::scoped_lock const lock(mutex_);
        stopping_ = true;
    }
    condition_.notify_one();
    thread_.join();
}

bool SqliteCheckpointer::has_moved() {
    std::scoped_lock const lock(mutex_);
    if (round_ == Round::ended) {
        round_ = Round::none;
        return true;
    }
    if (round_ == Round::none) {
        round_ = Round::asked;
        condition_.notify_one();
    }
    return false;
}

void SqliteCheckpointer::work() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (round_ != Round::asked) {
            condition_.wait(lock);
            continue;
        }
        lock.unlock();
        connection_.sqlite().checkpoint(sqlite::Cut::no);
        lock.lock();
        round_ = Round::ended;
    }
}

}  // namespace kith::database
