#include "simulate/options.hpp"

#include <algorithm>
#include <cmath>

#include "base/limits.hpp"

namespace kith::simulate {

std::size_t words_a_day(Options const& options) {
    constexpr double most = 4;
    auto const minutes =
        std::chrono::duration<double, std::ratio<60>>(limits::member_comments_time).count();
    auto days = static_cast<double>(std::max<std::int64_t>(1, options.days));
    if (options.days_per_minute > 0)
        days = std::min(days, std::ceil(options.days_per_minute * minutes) + 1);
    return static_cast<std::size_t>(std::min(most, limits::member_comments_max / days));
}

}  // namespace kith::simulate
