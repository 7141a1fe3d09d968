#include "database/sqlite_writer.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "base/refusal.hpp"

namespace kith::database {
namespace {

constexpr auto idle_look_around = std::chrono::seconds(1);

constexpr Sql begin_group = "begin immediate";
constexpr Sql commit_group = "commit";
constexpr Sql begin_deed = "savepoint deed";
constexpr Sql keep_deed = "release deed";
constexpr Sql undo_deed = "rollback to deed";

void run(Connection& connection, Sql const& sql) { detail::Cursor cursor(connection, sql, {}, {}); }

/// After such an error the transaction may be gone, and the next deed would meet the same.
bool ends_group(std::exception_ptr const& error) {
    try {
        std::rethrow_exception(error);
    } catch (DatabaseError const& thrown) {
        return thrown.fault() == Fault::storage;
    } catch (...) {
        return false;
    }
}

/// A refusal of one's own for each who waits: an exception isn't shared between threads.
std::exception_ptr copy_of(std::exception_ptr const& error) {
    try {
        std::rethrow_exception(error);
    } catch (Refusal const& refusal) {
        return std::make_exception_ptr(refusal);
    } catch (DatabaseError const& thrown) {
        return std::make_exception_ptr(thrown);
    } catch (...) {
        return std::current_exception();
    }
}

}  // namespace

SqliteWriter::SqliteWriter(Address const& address, WriterShared& shared)
    : shared_(shared), connection_(address, Purpose::writing), checkpointer_(address) {
    connection_.sqlite().watch_log(log_pages_);
    outside_changes_ = connection_.sqlite().outside_changes();
    thread_ = std::thread([this] { work(); });
}

SqliteWriter::~SqliteWriter() { stop(); }

void SqliteWriter::stop() {
    shared_.queue.close();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void SqliteWriter::work() {
    while (!shared_.queue.drained()) {
        auto deeds = shared_.queue.take(limits::deeds_together_max, idle_look_around);
        try {
            if (!deeds.empty()) {
                do_together(deeds);
            }
            tend_log(deeds.empty());
            if (deeds.empty()) {
                notice_outside_changes();
            }
        } catch (std::exception const& error) {
            shared_.on_fault(std::string("the writer: ") + error.what());
        }
    }
}

void SqliteWriter::do_together(std::vector<WaitingDeed>& deeds) {
    std::vector<Outcome> outcomes(deeds.size());
    if (auto error = commit_all(deeds, outcomes)) {
        connection_.roll_back();
        outcomes.clear();
        error = as_refusal(std::move(error), shared_.on_fault);
        for (auto const& deed : deeds) {
            tell(deed.done, copy_of(error), shared_.on_fault);
        }
        return;
    }
    ++shared_.version;
    for (auto const& outcome : outcomes) {
        if (!outcome.error) {
            run_after_commit(outcome.after_commit, shared_.on_fault);
        }
    }
    for (std::size_t at = 0; at < deeds.size(); ++at) {
        tell(deeds[at].done, std::move(outcomes[at].error), shared_.on_fault);
    }
}

/// Does all of `deeds` in one transaction; an error means that none of them is kept.
std::exception_ptr SqliteWriter::commit_all(std::vector<WaitingDeed>& deeds,
                                            std::vector<Outcome>& outcomes) {
    try {
        connection_.forget_failure();
        run(connection_, begin_group);
        for (std::size_t at = 0; at < deeds.size(); ++at) {
            outcomes[at] = do_one(deeds[at].deed);
            if (outcomes[at].error &&
                (ends_group(outcomes[at].error) || !connection_.in_transaction())) {
                return ends_group(outcomes[at].error)
                           ? outcomes[at].error
                           : std::make_exception_ptr(Refusal::nothing_saved());
            }
        }
        finish_together(outcomes);
        run(connection_, commit_group);
        return nullptr;
    } catch (...) {
        return std::current_exception();
    }
}

/// Does what the deeds that are kept left for the end of their transaction.
void SqliteWriter::finish_together(std::vector<Outcome>& outcomes) {
    Write write(connection_, shared_.jobs_bell);
    for (auto const& outcome : outcomes) {
        for (auto const& work : outcome.at_end) {
            work(write);
        }
    }
}

SqliteWriter::Outcome SqliteWriter::do_one(Deed const& deed) {
    Outcome outcome;
    connection_.forget_failure();
    run(connection_, begin_deed);
    Write write(connection_, shared_.jobs_bell);
    try {
        deed(write);
        outcome.error = connection_.failure();
        if (!outcome.error && connection_.sqlite().broken_references()) {
            // Found out at commit it would undo the whole group.
            outcome.error = std::make_exception_ptr(
                DatabaseError(Fault::foreign_key, "a deferred foreign key is broken"));
        }
    } catch (...) {
        outcome.error = std::current_exception();
        // What the disk said counts for more than what the deed made of it.
        if (auto const failure = connection_.failure(); failure && ends_group(failure)) {
            outcome.error = failure;
        }
    }
    if (outcome.error && connection_.in_transaction()) {
        run(connection_, undo_deed);
    }
    if (connection_.in_transaction()) {
        run(connection_, keep_deed);
    }
    connection_.forget_failure();
    outcome.after_commit = write.take_after_commit();
    if (!outcome.error) {
        outcome.at_end = write.take_at_end();
    }
    return outcome;
}

void SqliteWriter::tend_log(bool idle) {
    auto& session = connection_.sqlite();
    if (log_pages_ >= limits::log_pages_truncate) {
        log_pages_ = session.checkpoint(sqlite::Cut::yes);
        // Readers that stay keep the log; ask again only after as many pages more.
        log_pages_ = std::min(log_pages_, limits::log_pages_checkpoint - 1);
        return;
    }
    bool const long_log = log_pages_ >= limits::log_pages_checkpoint;
    if ((idle && log_pages_ > 0) || (long_log && checkpointer_.has_moved())) {
        session.checkpoint(sqlite::Cut::no);
        log_pages_ = 0;
    }
}

void SqliteWriter::notice_outside_changes() {
    // Another process (a command of the host) wrote: what was kept of reading is old.
    auto const now = connection_.sqlite().outside_changes();
    if (std::exchange(outside_changes_, now) != now) {
        ++shared_.version;
    }
}

}  // namespace kith::database
