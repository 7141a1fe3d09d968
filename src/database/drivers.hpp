#pragma once
// What SOCI can't do or does differently for each engine; only database/*.cpp includes this.

#include <soci/soci.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "database/address.hpp"
#include "database/error.hpp"

struct pg_conn;  // of libpq

namespace kith::database::sqlite {

void open(soci::session& session, Address const& address, Purpose purpose);
/// Runs all statements of `script`, which answer with nothing.
void run(soci::session& session, std::string const& script);
[[nodiscard]] bool in_transaction(soci::session& session);
/// Whether foreign keys that are checked at commit are broken now.
[[nodiscard]] bool broken_references(soci::session& session);
[[nodiscard]] int columns(soci::statement& statement);
[[nodiscard]] DatabaseError translate(soci::soci_error const& error, Purpose purpose);

/// Pages in the write-ahead log that are not in the database yet, after moving what can be moved;
/// `cut` also truncates the log, waiting a little for readers.
enum class Cut { no, yes };
int checkpoint(soci::session& session, Cut cut);
/// Keeps `pages` at the number of pages in the write-ahead log as of the last commit.
void watch_log(soci::session& session, int& pages);
/// Changes when another session (of any process) has changed the database.
[[nodiscard]] std::int64_t outside_changes(soci::session& session);
/// Copies the whole database, as of one moment, into a new file.
void copy_to(soci::session& session, std::string const& path);

}  // namespace kith::database::sqlite

namespace kith::database::postgres {

[[nodiscard]] pg_conn* handle(soci::session& session);
/// Opens a session that has answered something.
void open(soci::session& session, Address const& address);
/// Throws DatabaseError with a sentence where what is between here and the server gives each
/// transaction another session.
void require_whole_sessions(Address const& address);
/// Sets what a session is for; right after open().
void settle(soci::session& session, Purpose purpose);
void run(soci::session& session, std::string const& script);
[[nodiscard]] bool in_transaction(soci::session& session);
[[nodiscard]] int columns(soci::session& session, soci::statement& statement);
[[nodiscard]] DatabaseError translate(soci::soci_error const& error, soci::session& session,
                                      Purpose purpose);

/// How a session has reached its server.
struct Reach {
    using Options = std::map<std::string, std::string>;
    int socket = -1;
    Options options;  ///< reach the very same server anew
};
[[nodiscard]] Reach reach_of(soci::session& session);
/// Whether a server answers a new session, be it with a refusal; waits connect_time_max for the
/// session and for its answer.
[[nodiscard]] bool answers(Reach::Options const& options);
/// Ends the session without another word; what is still sent fails at once.
void hang_up(soci::session& session);

/// Begins a serializable transaction and gives back its number.
[[nodiscard]] std::string begin_deed(soci::session& session);
/// What became of the transaction of that number: unknown where another server, or another run of
/// it, is asked.
enum class Outcome { kept, not_kept, under_way, unknown };
[[nodiscard]] Outcome outcome_of(soci::session& session, std::string const& number);

}  // namespace kith::database::postgres
