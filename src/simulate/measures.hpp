#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "simulate/ledger.hpp"

namespace kith::simulate {

inline constexpr std::int64_t day_hours = 24;
inline constexpr std::int64_t isolation_days = 3;

/// How those fared who said hello or something hard. Hours are hours of the model.
struct FirstReplies {
    std::int64_t asks = 0;
    std::int64_t answered = 0;
    std::int64_t unanswered = 0;         ///< of those that had at least a day to be answered
    std::int64_t people_unanswered = 0;  ///< who said at least one of them
    std::optional<double> p50_hours;     ///< over those that were answered
    std::optional<double> p90_hours;
    double within_day_share = 0;              ///< of those that had at least a day, 0 to 1
    std::vector<double> answered_by_6_hours;  ///< share of the same after 0, 6, 12, … 72 hours
};
BOOST_DESCRIBE_STRUCT(FirstReplies, (),
                      (asks, answered, unanswered, people_unanswered, p50_hours, p90_hours,
                       within_day_share, answered_by_6_hours))

/// The time to the first kind answer, in words or without, of another than the author. Words that
/// hurt are no answer. `end` is the hour at which the model ended.
[[nodiscard]] FirstReplies first_replies(Ledger const& ledger, std::int64_t end);

/// For each day: the share, among members who had been there for `isolation_days` days at its end,
/// of those who in its last `isolation_days` days neither gave a kindness nor got one. Empty days
/// (nobody was there for so long) have none.
[[nodiscard]] std::vector<std::optional<double>> isolation(Ledger const& ledger, std::int64_t days);

/// For each day: how often words that hurt were read for the first time, per member there at its
/// end.
[[nodiscard]] std::vector<double> harm_seen_by_day(Ledger const& ledger, std::int64_t days);

/// The same over all days, per member who ever came; and those that were an answer to the reader.
struct HarmPerMember {
    double seen = 0;
    double at_them = 0;
};
[[nodiscard]] HarmPerMember harm_per_member(Ledger const& ledger);

}  // namespace kith::simulate
