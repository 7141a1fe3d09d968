#include "database/postgres_connect.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "database/error.hpp"

namespace kith::database::postgres {
namespace {

using Steady = std::chrono::steady_clock;
using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

/// `url` with what it doesn't say itself: of several servers the one that can be written, and a
/// server that has gone without a word is given up.
std::string with_options(std::string url) {
    auto const seconds = [](auto time) {
        return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count());
    };
    auto const silence = std::chrono::milliseconds(limits::silent_server_time_max);
    std::pair<std::string_view, std::string> const options[] = {
        {"connect_timeout", seconds(limits::connect_time_max)},
        {"target_session_attrs", "read-write"},
        {"tcp_user_timeout", std::to_string(silence.count())},
        {"keepalives_idle", seconds(limits::silent_server_time_max / 2)},
        {"keepalives_interval", "1"},
        {"keepalives_count", seconds(limits::silent_server_time_max / 2)},
    };
    for (auto const& [name, value] : options) {
        if (url.find(std::string(name) + "=") != std::string::npos) {
            continue;
        }
        url += url.find('?') == std::string::npos ? '?' : '&';
        url.append(name).append("=").append(value);
    }
    return url;
}

using OptionList = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;

Reach::Options options_in(OptionList const& all) {
    Reach::Options options;
    for (auto const* option = all.get(); option && option->keyword; ++option)
        if (option->val && *option->val) options[option->keyword] = option->val;
    return options;
}

/// The options as libpq takes them.
struct Lists {
    explicit Lists(Reach::Options const& options) {
        for (auto const& [name, value] : options) {
            names.push_back(name.c_str());
            values.push_back(value.c_str());
        }
        names.push_back(nullptr);
        values.push_back(nullptr);
    }
    std::vector<char const*> names;
    std::vector<char const*> values;
};

/// What `connection` answers to `script`, by its last value; nothing where it doesn't before
/// `end`, and an error is nothing as well.
std::optional<std::string> ask(PGconn* connection, std::string const& script,
                               Steady::time_point end) {
    if (PQsendQuery(connection, script.c_str()) != 1) return std::nullopt;
    std::optional<std::string> answer;
    for (;;) {
        while (PQisBusy(connection) == 1) {
            auto const left = std::chrono::ceil<std::chrono::milliseconds>(end - Steady::now());
            pollfd socket{PQsocket(connection), POLLIN, 0};
            bool const came =
                left.count() > 0 && ::poll(&socket, 1, static_cast<int>(left.count())) > 0;
            if (!came || PQconsumeInput(connection) != 1) return std::nullopt;
        }
        Result const result(PQgetResult(connection), PQclear);
        if (!result) return answer;
        if (PQntuples(result.get()) > 0) answer = PQgetvalue(result.get(), 0, 0);
    }
}

/// Whether a transaction of `other` can meet what `one` has set for its own session.
bool sessions_are_whole(PGconn* one, PGconn* other) {
    auto const end = Steady::now() + 2 * limits::connect_time_max;
    static_cast<void>(ask(one, "set kith.mark = 'one'", end));
    // This holds the server's session that was just given back, if any was.
    auto const met =
        ask(other, "begin; select coalesce(current_setting('kith.mark', true), '')", end);
    if (met && !met->empty()) return false;
    auto const own = ask(one, "select coalesce(current_setting('kith.mark', true), '')", end);
    return own.value_or("one") == "one";
}

}  // namespace

PostgresConnection connected(Address const& address) {
    auto const url = with_options(address.target);
    char const* const names[] = {"dbname", nullptr};
    char const* const values[] = {url.c_str(), nullptr};
    PostgresConnection connection(PQconnectdbParams(names, values, 1), PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        throw DatabaseError(Fault::lost, PQerrorMessage(connection.get()));
    }
    // Behind a pooler it may be that only the pooler has answered so far. From here on: of several
    // servers the first may have been silent for as long.
    if (!ask(connection.get(), "select 1", Steady::now() + limits::connect_time_max)) {
        throw DatabaseError(Fault::lost, "the database doesn't answer");
    }
    return connection;
}

Reach reach_of(pg_conn* connection) {
    Reach reach{PQsocket(connection), options_in({PQconninfo(connection), PQconninfoFree})};
    // Of several servers the one that was reached, whatever it is now.
    reach.options["host"] = PQhost(connection);
    reach.options["hostaddr"] = PQhostaddr(connection);
    reach.options["port"] = PQport(connection);
    reach.options["target_session_attrs"] = "any";
    reach.options["connect_timeout"] = std::to_string(limits::connect_time_max.count());
    return reach;
}

bool answers(Reach::Options const& options) {
    auto const begun = Steady::now();
    Lists const lists(options);
    PostgresConnection const connection(
        PQconnectdbParams(lists.names.data(), lists.values.data(), 0), PQfinish);
    if (PQstatus(connection.get()) == CONNECTION_OK)
        return ask(connection.get(), "select 1", Steady::now() + limits::connect_time_max)
            .has_value();
    // One that says no at once, such as for too many sessions, isn't silent.
    return Steady::now() - begun < limits::slow_no_time &&
           PQpingParams(lists.names.data(), lists.values.data(), 0) != PQPING_NO_RESPONSE;
}

void require_whole_sessions(Address const& address) {
    auto options = options_in(
        {PQconninfoParse(with_options(address.target).c_str(), nullptr), PQconninfoFree});
    options["target_session_attrs"] = "any";
    Lists const lists(options);
    auto const connect = [&] {
        return PostgresConnection(PQconnectdbParams(lists.names.data(), lists.values.data(), 0),
                                  PQfinish);
    };
    auto const one = connect();
    // Whoever opens it next says better what is wrong with it.
    if (PQstatus(one.get()) != CONNECTION_OK) return;
    auto const end = Steady::now() + limits::connect_time_max;
    auto const number = std::to_string(PQbackendPID(one.get()));
    if (ask(one.get(), "select pg_backend_pid()", end).value_or(number) == number) return;
    auto const other = connect();
    if (PQstatus(other.get()) != CONNECTION_OK || sessions_are_whole(one.get(), other.get()))
        return;
    throw DatabaseError(Fault::other,
                        "the database's address leads to a pooler that gives each transaction "
                        "another session, and Kith needs sessions of its own: PgBouncer wants "
                        "pool_mode = session for it");
}

}  // namespace kith::database::postgres
