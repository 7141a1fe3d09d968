#pragma once

#include <chrono>

namespace kith::upkeep::limits {

using namespace std::chrono_literals;

inline constexpr auto clock_apart_max = 5s;       ///< from the database's own machine
inline constexpr auto clock_behind_max = 2min;    ///< what the record of deeds has seen
inline constexpr auto clock_jump_max = 2s;        ///< while one looks
inline constexpr auto mail_wait_max = 1h;         ///< then somebody should know
inline constexpr auto certificate_days_min = 14;  ///< Caddy and certbot renew at 30
inline constexpr auto outside_time_max = 10s;     ///< for a look at one's own address
inline constexpr auto look_period = 6h;           ///< at what lies outside
inline constexpr unsigned looks_max = 6;          ///< asked for by hand, in the next line's time
inline constexpr auto looks_time = 10min;

}  // namespace kith::upkeep::limits
