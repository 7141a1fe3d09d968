#pragma once

#include <boost/json/value.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "simulate/client.hpp"
#include "simulate/statistics.hpp"

namespace kith::simulate {

/// The simulation can't go on; its sentence says why and what to do.
class Refused final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Asks the server, and notes how long each answer took and which weren't hoped for.
class Speaker {
public:
    Speaker(Client& client, std::size_t at_once) : client_(client), at_once_(at_once) {}

    /// The answers in the order of the requests.
    [[nodiscard]] std::vector<Answer> ask(std::vector<Request> const& requests);
    /// The answer's JSON; throws Refused, that names `request.kind`, unless it is fine.
    [[nodiscard]] boost::json::value need(Request const& request);
    [[nodiscard]] Answer need_answer(Request const& request);
    /// Throws Refused where the server has gone since it was asked last.
    void require_server();

    [[nodiscard]] Client& client() { return client_; }
    [[nodiscard]] Tally& tally() { return tally_; }

private:
    Client& client_;
    std::size_t at_once_;
    Tally tally_;
    bool is_answered_ = true;  ///< the last request
};

/// The JSON of an answer; null where it is none.
[[nodiscard]] boost::json::value json_of(std::string const& body);
[[nodiscard]] double milliseconds(Steady::duration time);

}  // namespace kith::simulate
