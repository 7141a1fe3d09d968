#pragma once

#include <chrono>
#include <cstddef>

namespace kith::distance::limits {

using namespace std::chrono_literals;

inline constexpr std::size_t distances_max = 1000;  ///< of one member, and as many whom they mute
inline constexpr unsigned distances_made_max = 60;  ///< by one member, in the next line's time
inline constexpr auto distances_made_time = 1h;
inline constexpr std::size_t shared_rooms_max = 200;  ///< small circles shared with one person
inline constexpr std::size_t probed_members_max = 50;

}  // namespace kith::distance::limits
