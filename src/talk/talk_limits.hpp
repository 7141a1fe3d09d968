#pragma once
#include <chrono>
#include <cstddef>
namespace kith::limits {
inline constexpr auto mention_told_time = std::chrono::hours(72);  ///< on Today
inline constexpr std::size_t mentions_today_max = 5;
}  // namespace kith::limits
