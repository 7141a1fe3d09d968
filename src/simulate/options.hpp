#pragma once

#include <cstdint>
#include <string>

#include "simulate/people.hpp"

namespace kith::simulate {

/// What the person who simulates has chosen.
struct Options {
    std::string server = "http://127.0.0.1:8080";
    std::string people;              ///< a file with who is there already, and their passwords
    std::string out = "simulation";  ///< the folder of the report
    std::string settings = "both";   ///< "both", "kith" or "forum"
    std::uint64_t seed = 1;
    std::size_t members = 100;
    std::int64_t days = 14;
    double days_per_minute = 6;  ///< 0: as fast as the server answers
    Shares shares;
    double listeners = 0.2;    ///< the part of members with an open event stream
    std::size_t at_once = 16;  ///< requests under way
    bool is_a_test = false;    ///< said so, though there are members that nobody named

    // --load
    bool load = false;
    double load_from = 25;    ///< requests a second of the first step
    double load_to = 20'000;  ///< and the most that is tried
    double step_seconds = 10;
    double bound_ms = 100;           ///< for the 99th percentile
    double requests_of_member = 60;  ///< a day
    double busiest_hour = 0.15;      ///< the part of a day's requests that falls into it
};

/// How many words an agent may say in a day, so that nobody meets the server's own limit on
/// comments however fast the days go by; 0 when the days are too fast for any.
[[nodiscard]] std::size_t words_a_day(Options const& options);

}  // namespace kith::simulate
