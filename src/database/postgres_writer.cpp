#include "database/postgres_writer.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "base/refusal.hpp"

namespace kith::database {
namespace {

constexpr auto queue_patience = std::chrono::seconds(1);

}  // namespace

PostgresWriter::PostgresWriter(Address const& address, std::size_t threads, WriterShared& shared,
                               SilenceWatch& watch)
    : address_(address), shared_(shared), watch_(watch) {
    for (std::size_t at = 0; at < std::max<std::size_t>(1, threads); ++at) {
        threads_.emplace_back([this] { work(); });
    }
}

PostgresWriter::~PostgresWriter() { stop(); }

void PostgresWriter::stop() {
    shared_.queue.close();
    for (auto& thread : threads_) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

bool PostgresWriter::is_this_thread() const {
    return std::any_of(threads_.begin(), threads_.end(), [](auto const& thread) {
        return thread.get_id() == std::this_thread::get_id();
    });
}

void PostgresWriter::work() {
    Session session;
    while (!shared_.queue.drained()) {
        for (auto const& deed : shared_.queue.take(1, queue_patience)) {
            do_one(session, deed);
        }
    }
}

void PostgresWriter::do_one(Session& session, WaitingDeed const& deed) {
    std::exception_ptr error;
    try {
        auto const after_commit = try_often(session, deed.deed);
        ++shared_.version;
        if (shared_.on_commit) {
            shared_.on_commit();
        }
        run_after_commit(after_commit, shared_.on_fault);
    } catch (...) {
        error = as_refusal(std::current_exception(), shared_.on_fault);
    }
    tell(deed.done, std::move(error), shared_.on_fault);
}

std::vector<std::function<void()>> PostgresWriter::try_often(Session& session, Deed const& deed) {
    for (int tries = 1;; ++tries) {
        bool const old_connection = session.connection != nullptr;
        try {
            if (tries == 1) {
                std::shared_lock const together(alone_);
                return try_once(session, deed, postgres::Turn::together);
            }
            std::unique_lock const alone(alone_);
            return try_alone(session, deed);
        } catch (DatabaseError const& error) {
            // A connection that had gone since the last deed: nothing was kept, and a new one
            // may do. What is lost during the commit is another matter, see commit().
            bool const had_gone = error.fault() == Fault::lost && old_connection;
            if (tries == limits::deed_tries_max ||
                (error.fault() != Fault::conflict && !had_gone)) {
                throw;
            }
        }
    }
}

void PostgresWriter::connect(Session& session) {
    if (!session.connection) {
        session.connection = std::make_unique<Connection>(address_, Purpose::writing, &watch_);
    }
}

std::vector<std::function<void()>> PostgresWriter::try_alone(Session& session, Deed const& deed) {
    connect(session);
    try {
        session.connection->run_alone();
        auto after_commit = try_once(session, deed, postgres::Turn::alone);
        let_others_go_on(session);
        return after_commit;
    } catch (...) {
        let_others_go_on(session);
        throw;
    }
}

void PostgresWriter::let_others_go_on(Session& session) noexcept {
    try {
        if (session.connection) {
            session.connection->postgres().run_together();
        }
    } catch (...) {
        // With the connection its lock goes.
        session.connection.reset();
    }
}

std::vector<std::function<void()>> PostgresWriter::try_once(Session& session, Deed const& deed,
                                                            postgres::Turn turn) {
    connect(session);
    auto& connection = *session.connection;
    std::vector<std::function<void()>> after_commit;
    try {
        connection.forget_failure();
        session.transaction = connection.begin_deed(turn);
        Write write(connection, shared_.jobs_bell);
        deed(write);
        // PostgreSQL would answer "rollback" to the commit of such a transaction, without error.
        if (auto const failure = connection.failure()) {
            std::rethrow_exception(failure);
        }
        after_commit = write.take_after_commit();
        session.if_unsure = write.take_if_unsure();
    } catch (...) {
        // A conflict that a deed caught and turned into something else is still a conflict.
        auto failure = connection.failure();
        connection.roll_back();
        if (connection.lost()) {
            session.connection.reset();
        }
        if (failure) {
            std::rethrow_exception(failure);
        }
        throw;
    }
    commit(session);
    return after_commit;
}

void PostgresWriter::commit(Session& session) {
    try {
        session.connection->run("commit");
    } catch (DatabaseError const& error) {
        if (!session.connection->lost()) {
            session.connection->roll_back();
            throw;
        }
        // The connection may have gone after the server kept the deed: ask before saying no. A
        // server that doesn't come back leaves it open, so such a deed isn't tried again.
        session.connection.reset();
        auto const outcome = outcome_of(session.transaction);
        if (outcome == postgres::Outcome::unknown) {
            run_after_commit(session.if_unsure, shared_.on_fault);
        }
        if (outcome != postgres::Outcome::kept) {
            throw DatabaseError(Fault::storage, error.what());
        }
    }
}

postgres::Outcome PostgresWriter::outcome_of(std::string const& transaction) {
    auto const end = std::chrono::steady_clock::now() + limits::lock_wait_max;
    while (std::chrono::steady_clock::now() < end) {
        try {
            Connection connection(address_, Purpose::reading, &watch_);
            auto const outcome = connection.postgres().outcome_of(transaction);
            if (outcome != postgres::Outcome::under_way) {
                return outcome;
            }
        } catch (DatabaseError const&) {
            // The server isn't back yet.
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return postgres::Outcome::unknown;
}

}  // namespace kith::database
