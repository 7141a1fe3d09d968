#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "talk/waiting_store.hpp"

namespace kith::welcome {

/// How long words wait for a human answer, without a name.
struct ReplyTimes {
    std::optional<std::int64_t> half_within_hours;  ///< none while fewer than half have an answer
    std::int64_t longer_than_day = 0;
};

/// Of the given words; nothing of fewer than limits::replies_told_min.
[[nodiscard]] std::optional<ReplyTimes> reply_times_of(std::vector<talk::ReplyTime> const& words,
                                                       Time now);

}  // namespace kith::welcome
