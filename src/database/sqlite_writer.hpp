#pragma once

#include <thread>

#include "database/connection.hpp"
#include "database/deeds.hpp"
#include "database/sqlite_checkpointer.hpp"

namespace kith::database {

/// The one thread that writes to SQLite, with group commit: it takes all deeds that wait into one
/// transaction, a savepoint each, and waits for the disk once. A deed that fails is undone alone;
/// when the disk fails, nobody of the group is told that they were kept.
class SqliteWriter {
public:
    SqliteWriter(Address const& address, WriterShared& shared);
    ~SqliteWriter();
    /// Does what waits, takes nothing new, and joins the thread.
    void stop();
    SqliteWriter(SqliteWriter const&) = delete;
    SqliteWriter& operator=(SqliteWriter const&) = delete;

    [[nodiscard]] bool is_this_thread() const {
        return std::this_thread::get_id() == thread_.get_id();
    }

private:
    struct Outcome {
        std::exception_ptr error;
        std::vector<std::function<void()>> after_commit;
        std::vector<std::function<void(Write&)>> at_end;
    };

    void work();
    void do_together(std::vector<WaitingDeed>& deeds);
    [[nodiscard]] Outcome do_one(Deed const& deed);
    [[nodiscard]] std::exception_ptr commit_all(std::vector<WaitingDeed>& deeds,
                                                std::vector<Outcome>& outcomes);
    void finish_together(std::vector<Outcome>& outcomes);
    void tend_log(bool idle);
    void notice_outside_changes();

    WriterShared& shared_;
    int log_pages_ = 0;
    std::int64_t outside_changes_ = 0;
    Connection connection_;
    SqliteCheckpointer checkpointer_;
    std::thread thread_;
};

}  // namespace kith::database
