#include "welcome/reply_times.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace kith::welcome {

using namespace std::chrono_literals;

std::optional<ReplyTimes> reply_times_of(std::vector<talk::ReplyTime> const& words, Time now) {
    if (words.size() < limits::replies_told_min) return std::nullopt;
    ReplyTimes times;
    std::vector<Time::duration> waited;
    for (auto const& word : words) {
        if (word.first_reply_at) waited.push_back(*word.first_reply_at - word.begun_at);
        if (word.first_reply_at.value_or(now) - word.begun_at > 24h) ++times.longer_than_day;
    }
    auto const half = (words.size() + 1) / 2;
    if (waited.size() < half) return times;
    std::ranges::sort(waited);
    auto const hours = std::chrono::ceil<std::chrono::hours>(waited[half - 1]).count();
    times.half_within_hours = std::max<std::int64_t>(hours, 1);
    return times;
}

}  // namespace kith::welcome
