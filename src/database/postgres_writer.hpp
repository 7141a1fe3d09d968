#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <thread>
#include <vector>

#include "database/connection.hpp"
#include "database/deeds.hpp"
#include "database/drivers.hpp"

namespace kith::database {

/// The threads that write to PostgreSQL, a session each. A deed is a serializable transaction:
/// rules that look before they write (the twelfth member of a circle, the last host) then hold as
/// they do on SQLite, where deeds run one by one.
class PostgresWriter {
public:
    PostgresWriter(Address const& address, std::size_t threads, WriterShared& shared,
                   SilenceWatch& watch);
    ~PostgresWriter();
    /// Does what waits, takes nothing new, and joins the threads.
    void stop();
    PostgresWriter(PostgresWriter const&) = delete;
    PostgresWriter& operator=(PostgresWriter const&) = delete;

    [[nodiscard]] bool is_this_thread() const;

private:
    struct Session {
        std::unique_ptr<Connection> connection;  ///< none until needed, and after it was lost
        std::string transaction;                 ///< its number, while it is being committed
        std::vector<std::function<void()>> if_unsure = {};  ///< of that deed
    };

    void work();
    void do_one(Session& session, WaitingDeed const& deed);
    /// Gives back what follows the commit; throws if the deed isn't kept.
    [[nodiscard]] std::vector<std::function<void()>> try_often(Session& session, Deed const& deed);
    [[nodiscard]] std::vector<std::function<void()>> try_once(Session& session, Deed const& deed,
                                                              postgres::Turn turn);
    [[nodiscard]] std::vector<std::function<void()>> try_alone(Session& session, Deed const& deed);
    void connect(Session& session);
    static void let_others_go_on(Session& session) noexcept;
    void commit(Session& session);
    [[nodiscard]] postgres::Outcome outcome_of(std::string const& transaction);

    Address address_;
    WriterShared& shared_;
    SilenceWatch& watch_;
    /// A deed that is tried again runs alone, so that it comes to an end: here by this, so that
    /// those who wait see what it did, and among all nodes by a lock of the database.
    std::shared_mutex alone_;
    std::vector<std::thread> threads_;
};

}  // namespace kith::database
