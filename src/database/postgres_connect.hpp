#pragma once
// Only database/*.cpp includes this.

#include <map>
#include <memory>
#include <string>

#include "database/address.hpp"

struct pg_conn;  // of libpq

namespace kith::database::postgres {

using PostgresConnection = std::unique_ptr<::pg_conn, void (*)(::pg_conn*)>;

/// A connection that has answered something; throws DatabaseError.
[[nodiscard]] PostgresConnection connected(Address const& address);

/// Throws DatabaseError with a sentence where what is between here and the server gives each
/// transaction another session.
void require_whole_sessions(Address const& address);

/// How a connection has reached its server.
struct Reach {
    using Options = std::map<std::string, std::string>;
    int socket = -1;
    Options options;  ///< reach the very same server anew
};
[[nodiscard]] Reach reach_of(::pg_conn* connection);
/// Whether a server answers a new session, be it with a refusal; waits connect_time_max for the
/// session and for its answer.
[[nodiscard]] bool answers(Reach::Options const& options);

}  // namespace kith::database::postgres
