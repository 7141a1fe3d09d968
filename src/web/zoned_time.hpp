#pragma once

#include <chrono>
#include <string>

#include "base/clock.hpp"

namespace kith::web {

/// A time of day by the clock on the wall: minutes after midnight, 0 to 1439.
using WallMinutes = std::chrono::minutes;

/// What the clock on the wall says in `zone` (an unknown one is UTC).
[[nodiscard]] WallMinutes wall_minutes(std::string const& zone, Time time);
/// The day in `zone`, as days since 1970.
[[nodiscard]] std::chrono::sys_days wall_day(std::string const& zone, Time time);

/// The first moment after `after` when the clock on the wall comes to `minutes`. A time of day that
/// is left out when summer begins is as long after midnight as it would have been; of one that
/// comes twice when summer ends, the first.
[[nodiscard]] Time next_wall_time(std::string const& zone, WallMinutes minutes, Time after);

/// Hours by the clock on the wall in which somebody wants quiet; none where both are the same.
struct QuietHours {
    WallMinutes from{0};
    WallMinutes until{0};
    [[nodiscard]] bool hold(WallMinutes minutes) const;
    bool operator==(QuietHours const&) const = default;
};

/// `time` itself, or the end of the quiet hours that it falls into.
[[nodiscard]] Time after_quiet(std::string const& zone, QuietHours const& quiet, Time time);

}  // namespace kith::web
