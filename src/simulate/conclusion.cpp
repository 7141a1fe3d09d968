#include "simulate/conclusion.hpp"

#include <cmath>
#include <numeric>

#include "simulate/chart.hpp"

namespace kith::simulate {
namespace {

/// Above this part of the time that the days should have taken, the server didn't keep up.
constexpr double late_share_max = 0.05;

std::string whole(double value) { return grouped(std::llround(value)); }

/// The last line but those that check a password is of all requests.
std::string speed_of(SettingReport const& setting) {
    if (setting.latencies.empty()) return {};
    auto const& all = setting.latencies.back();
    return "Half of the pages and posts took at most " + decimal(all.p50_ms, 1) +
           " ms, 99 of 100 at most " + decimal(all.p99_ms, 1) + " ms.";
}

std::int64_t failed_in(std::vector<ErrorLine> const& errors) {
    return std::accumulate(
        errors.begin(), errors.end(), std::int64_t{0},
        [](std::int64_t sum, ErrorLine const& line) { return sum + line.count; });
}

std::string about_loss(std::int64_t lost) {
    if (lost == 0) return "Nothing that it had acknowledged was lost.";
    return grouped(lost) +
           " things that it had acknowledged were lost. That must never be: keep this report and "
           "the server’s log, and tell those who make Kith.";
}

std::string about_server(SettingReport const& setting, std::string const& name) {
    auto const failed = failed_in(setting.errors);
    auto said = name + ": " +
                (failed == 0 ? "every request was answered as hoped for. "
                             : grouped(failed) + " requests were not answered as hoped for. ");
    said += about_loss(setting.lost + setting.streams.lost) + " " + speed_of(setting);
    auto const meant = setting.seconds - setting.seconds_late;
    if (setting.seconds_late > 1 && setting.seconds_late > late_share_max * meant)
        said += " The days ended " + whole(setting.seconds_late) +
                " seconds late: the server, or this program beside it, could not keep up with "
                "them. For times that people would see, take a smaller --days-per-minute.";
    return said;
}

struct Measure {
    std::string about;
    double kith = 0;
    double forum = 0;
    bool more_is_better = false;
    double alike = 0;  ///< a difference up to this one says nothing
    std::string unit = {};
};

std::vector<Measure> measures_of(SettingReport const& kith, SettingReport const& forum) {
    auto const hundred = [](std::optional<double> share) { return share.value_or(0) * 100; };
    auto const left = [](SettingReport const& setting) {
        auto const asks = static_cast<double>(setting.first_replies.asks);
        return asks > 0 ? 100 * static_cast<double>(setting.first_replies.unanswered) / asks : 0;
    };
    return {
        {"answered within a day", hundred(kith.first_replies.within_day_share),
         hundred(forum.first_replies.within_day_share), true, 5, " in 100"},
        {"left unanswered for a day or more", left(kith), left(forum), false, 2, " in 100"},
        {"alone on the last day", hundred(kith.isolated_at_end), hundred(forum.isolated_at_end),
         false, 5, " in 100"},
        {"harmful words read by a member", kith.harm_seen_per_member, forum.harm_seen_per_member,
         false, 0.1 * std::max(kith.harm_seen_per_member, forum.harm_seen_per_member)}};
}

std::string listed(std::vector<Measure> const& measures, std::string const& who) {
    std::string all;
    for (auto const& measure : measures) {
        auto const apart = measure.kith - measure.forum;
        bool const alike = std::abs(apart) <= measure.alike;
        bool const kith_better = !alike && (apart > 0) == measure.more_is_better;
        auto const better = alike ? "neither" : kith_better ? "kith" : "forum";
        if (better != who) continue;
        auto const digits = measure.unit.empty() ? 1 : 0;
        all += (all.empty() ? "" : "; ") + measure.about + " (" + decimal(measure.kith, digits) +
               " against " + decimal(measure.forum, digits) + measure.unit + ")";
    }
    return all;
}

/// The settings beside each other: in what each came out ahead.
std::string about_people(SettingReport const& kith, SettingReport const& forum) {
    auto const measures = measures_of(kith, forum);
    std::string said = "People, Kith’s defaults against the open forum. ";
    for (auto const& [who, words] : {std::pair{"kith", "Better with Kith’s defaults: "},
                                     {"forum", "Better in the forum: "},
                                     {"neither", "Much alike: "}})
        if (auto const all = listed(measures, who); !all.empty()) said += words + all + ". ";
    return said +
           "This is one run of a small model: other seeds and other numbers of members turn it "
           "round. Run several before you believe a difference.";
}

/// Not more exact than what it was made of.
std::string about_so_many(std::int64_t members) {
    double const value = static_cast<double>(members);
    if (value < 10) return grouped(members);
    double const step = std::pow(10, std::floor(std::log10(value)) - 1);
    return whole(std::floor(value / step) * step);
}

void conclude_load(LoadReport const& load, std::int64_t members, std::vector<std::string>& said) {
    if (load.held <= 0) {
        said.push_back("The machine held not even the first step: " + load.ended_because +
                       ". Begin with a smaller --from, look what else runs on it, or take a "
                       "larger one.");
    } else {
        bool const server_ended =
            load.ended_because == "answers failed" || load.ended_because == "answers came too late";
        said.push_back("This machine is large enough for about " +
                       about_so_many(load.members_carried) + " members" +
                       (server_ended ? "" : ", and perhaps for more: " + load.ended_because) +
                       ". Where yours are fewer than half of that, it has room for a bad evening, "
                       "a backup and growth. Where they are more, " +
                       (server_ended ? "take a larger one."
                                     : "measure again with more --members and a larger --to."));
        said.push_back(
            "That rests on your own two numbers, requests of a member in a day and the "
            "part of them in the busiest hour, and on the pages of " +
            grouped(members) +
            " members: a larger community has larger pages. Measure with as many as "
            "you have, and for longer steps.");
    }
    said.push_back(about_loss(load.lost + load.streams.lost));
}

}  // namespace

std::string grouped(std::int64_t value) {
    auto text = std::to_string(value);
    auto const first = text.starts_with('-') ? 1 : 0;
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > first; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::vector<std::string> conclusions(Report const& report) {
    if (!report.stopped_because.empty())
        return {"The simulation could not begin: " + report.stopped_because +
                " Nobody came in, and nothing was measured."};
    if (auto const stopped = why_stopped(report); !stopped.empty())
        return {"The simulation could not go on: " + stopped +
                " What came until then stands below. It tells neither whether the machine is "
                "large enough nor what a setting does."};
    std::vector<std::string> said;
    for (auto const& setting : report.settings)
        said.push_back(about_server(
            setting, setting.name == "kith" ? "With Kith’s defaults" : "In the open forum"));
    if (report.settings.size() == 2)
        said.push_back(about_people(report.settings.front(), report.settings.back()));
    if (!report.settings.empty() && !report.load)
        said.emplace_back(
            "How many members the machine carries, this run doesn’t say: kith simulate --load "
            "does.");
    if (report.load) conclude_load(*report.load, report.members, said);
    return said;
}

}  // namespace kith::simulate
