#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kith::bonds::limits {

using namespace std::chrono_literals;

// SAFETY 3
inline constexpr auto offer_time = 14 * 24h;        ///< then an offer has faded
inline constexpr auto offer_again_time = 30 * 24h;  ///< from when it was made
inline constexpr auto near_after = 7 * 24h;         ///< at letters
inline constexpr auto kin_after = 30 * 24h;         ///< at near
inline constexpr auto hello_time = 7 * 24h;         ///< one note in it, of a pair
inline constexpr std::size_t hello_characters_max = 500;
inline constexpr std::int64_t unsend_minutes_max = 60;

inline constexpr std::size_t offers_a_day_max = 5;  ///< of one member, whoever they are made to
inline constexpr auto offers_counted_time = 24h;
inline constexpr std::size_t contact_characters_max = 1000;
inline constexpr std::size_t bonds_shown_max = 200;
inline constexpr std::size_t bonds_exported_max = 100'000;
inline constexpr std::size_t offers_shown_max = 50;
inline constexpr std::size_t hellos_shown_max = 20;  ///< with one person
inline constexpr std::int64_t rest_days_max = 90;
inline constexpr auto small_step_time = 24h;         ///< at least between two small steps
inline constexpr std::size_t missed_read_max = 200;  ///< things that are grouped
inline constexpr std::size_t missed_groups_max = 12;
inline constexpr std::size_t missed_lines_max = 3;  ///< of each circle or person
inline constexpr std::size_t probed_members_max = 50;
inline constexpr unsigned deeds_max = 120;  ///< of one member, in the next line's time
inline constexpr auto deeds_time = 1h;

}  // namespace kith::bonds::limits
