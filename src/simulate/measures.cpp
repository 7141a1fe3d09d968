#include "simulate/measures.hpp"

#include <algorithm>
#include <set>

#include "simulate/statistics.hpp"

namespace kith::simulate {
namespace {

constexpr std::int64_t curve_step_hours = 6;
constexpr std::int64_t curve_hours = 72;

/// The hours that each ask waited; nothing where nobody answered.
std::map<std::size_t, std::optional<std::int64_t>> waits_of(Ledger const& ledger) {
    std::map<std::size_t, std::optional<std::int64_t>> waits;
    for (std::size_t number = 0; number < ledger.said.size(); ++number)
        if (asks(ledger.said[number])) waits.emplace(number, std::nullopt);
    for (auto const& kindness : ledger.kindnesses) {
        auto const found = waits.find(kindness.words);
        if (found == waits.end() || kindness.from == kindness.to) continue;
        auto const hours = kindness.hour - ledger.said[kindness.words].hour;
        if (!found->second || hours < *found->second) found->second = hours;
    }
    return waits;
}

std::int64_t there_before(Ledger const& ledger, std::int64_t hour) {
    return std::count_if(ledger.came.begin(), ledger.came.end(),
                         [hour](auto const& came) { return came && *came < hour; });
}

}  // namespace

FirstReplies first_replies(Ledger const& ledger, std::int64_t end) {
    FirstReplies replies;
    std::vector<double> hours;
    std::vector<double> old_waits;  // of those that had a day; -1: none came
    std::set<std::size_t> alone;
    for (auto const& [number, wait] : waits_of(ledger)) {
        auto const& words = ledger.said[number];
        ++replies.asks;
        replies.answered += wait.has_value();
        if (wait) hours.push_back(static_cast<double>(*wait));
        if (words.hour + day_hours > end) continue;
        old_waits.push_back(wait ? static_cast<double>(*wait) : -1);
        if (wait) continue;
        ++replies.unanswered;
        alone.insert(words.author);
    }
    replies.people_unanswered = static_cast<std::int64_t>(alone.size());
    replies.p50_hours = percentile(hours, 50);
    replies.p90_hours = percentile(hours, 90);
    auto const share_within = [&](std::int64_t limit) {
        if (old_waits.empty()) return 0.0;
        auto const met = std::count_if(old_waits.begin(), old_waits.end(), [&](double wait) {
            return wait >= 0 && wait <= static_cast<double>(limit);
        });
        return static_cast<double>(met) / static_cast<double>(old_waits.size());
    };
    replies.within_day_share = share_within(day_hours);
    for (std::int64_t limit = 0; limit <= curve_hours; limit += curve_step_hours)
        replies.answered_by_6_hours.push_back(share_within(limit));
    return replies;
}

std::vector<std::optional<double>> isolation(Ledger const& ledger, std::int64_t days) {
    std::vector<std::optional<double>> shares;
    for (std::int64_t day = 0; day < days; ++day) {
        auto const end = (day + 1) * day_hours;
        auto const begin = end - isolation_days * day_hours;
        std::set<std::size_t> connected;
        for (auto const& kindness : ledger.kindnesses) {
            if (kindness.hour < begin || kindness.hour >= end) continue;
            if (kindness.from == kindness.to) continue;
            connected.insert(kindness.from);
            connected.insert(kindness.to);
        }
        std::size_t looked_at = 0;
        std::size_t alone = 0;
        for (std::size_t who = 0; who < ledger.came.size(); ++who) {
            if (!ledger.came[who] || *ledger.came[who] > begin) continue;
            ++looked_at;
            alone += !connected.contains(who);
        }
        if (looked_at == 0) {
            shares.emplace_back();
        } else {
            shares.emplace_back(static_cast<double>(alone) / static_cast<double>(looked_at));
        }
    }
    return shares;
}

std::vector<double> harm_seen_by_day(Ledger const& ledger, std::int64_t days) {
    std::vector<double> per_member;
    for (std::int64_t day = 0; day < days; ++day) {
        auto const begin = day * day_hours;
        auto const end = begin + day_hours;
        auto const seen = std::count_if(
            ledger.harm_seen.begin(), ledger.harm_seen.end(),
            [&](HarmSeen const& harm) { return harm.hour >= begin && harm.hour < end; });
        auto const there = there_before(ledger, end);
        per_member.push_back(there == 0 ? 0.0
                                        : static_cast<double>(seen) / static_cast<double>(there));
    }
    return per_member;
}

HarmPerMember harm_per_member(Ledger const& ledger) {
    auto const there = std::count_if(ledger.came.begin(), ledger.came.end(),
                                     [](auto const& came) { return came.has_value(); });
    if (there == 0) return {};
    auto const at_them = std::count_if(ledger.harm_seen.begin(), ledger.harm_seen.end(),
                                       [](HarmSeen const& harm) { return harm.at_them; });
    auto const members = static_cast<double>(there);
    return {static_cast<double>(ledger.harm_seen.size()) / members,
            static_cast<double>(at_them) / members};
}

}  // namespace kith::simulate
