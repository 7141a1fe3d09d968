#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "simulate/listening.hpp"
#include "simulate/measures.hpp"
#include "simulate/statistics.hpp"

namespace kith::simulate {

/// What the server acknowledged, to be compared with what it holds.
struct Counts {
    std::int64_t members = 0;
    std::int64_t hellos = 0;
    std::int64_t conversations = 0;  ///< that someone began to say something hard
    std::int64_t comments = 0;
    std::int64_t kind_replies = 0;
    std::int64_t harmful = 0;  ///< of the comments
    std::int64_t put_aside = 0;
    std::int64_t taken_out = 0;
    std::int64_t distances = 0;
    std::int64_t mutes = 0;
};
BOOST_DESCRIBE_STRUCT(Counts, (),
                      (members, hellos, conversations, comments, kind_replies, harmful, put_aside,
                       taken_out, distances, mutes))

/// One day, at its end.
struct DayLine {
    std::int64_t day = 0;
    std::int64_t here = 0;
    std::optional<double> isolated;  ///< a share, 0 to 1
    double harm_seen = 0;            ///< per member who is there
    double withdrawn = 0;            ///< a share, 0 to 1
};
BOOST_DESCRIBE_STRUCT(DayLine, (), (day, here, isolated, harm_seen, withdrawn))

/// What came of one setting.
struct SettingReport {
    std::string name;  ///< "kith" or "forum"
    Counts counts;
    FirstReplies first_replies;
    double harm_seen_per_member = 0;
    double harm_at_them_per_member = 0;
    std::optional<double> isolated_at_end;
    std::vector<DayLine> days;
    std::vector<LatencyLine> latencies;
    std::vector<ErrorLine> errors;
    StreamCounts streams;
    std::int64_t looked_for_again = 0;  ///< acknowledged words that were read again at the end
    std::int64_t lost = 0;              ///< of these, not there
    double seconds = 0;                 ///< that the days took
    double seconds_late = 0;            ///< real seconds by which the model was behind at its end
    std::string decisions;              ///< alike for two runs that decided alike
    /// Why it could not go on; empty where it went to its end. Then nothing was looked for again,
    /// and the streams were counted as they stood.
    std::string stopped_because;
};
BOOST_DESCRIBE_STRUCT(SettingReport, (),
                      (name, counts, first_replies, harm_seen_per_member, harm_at_them_per_member,
                       isolated_at_end, days, latencies, errors, streams, looked_for_again, lost,
                       seconds, seconds_late, decisions, stopped_because))

/// One rate that was tried.
struct LoadStep {
    double wanted = 0;    ///< requests a second that were due
    double answered = 0;  ///< and answered, a second
    double p50_ms = 0;    ///< since each was due
    double p99_ms = 0;
    double sent_late_p99_ms = 0;  ///< how late this program itself sent them
    std::int64_t errors = 0;
    bool held = false;
};
BOOST_DESCRIBE_STRUCT(LoadStep, (),
                      (wanted, answered, p50_ms, p99_ms, sent_late_p99_ms, errors, held))

/// What a machine held.
struct LoadReport {
    double bound_ms = 0;
    double step_seconds = 0;
    std::vector<LoadStep> steps;
    double held =
        0;  ///< requests a second of the last step that held, before the first that didn't
    double requests_of_member = 0;
    double busiest_hour = 0;
    std::int64_t members_carried = 0;
    std::string ended_because;
    StreamCounts streams;
    std::int64_t looked_for_again = 0;   ///< words that the server had acknowledged
    std::int64_t lost = 0;               ///< of these, not there again
    std::vector<LatencyLine> latencies;  ///< of the last step that held
    std::vector<ErrorLine> errors;
    std::string stopped_because;  ///< as of a setting
};
BOOST_DESCRIBE_STRUCT(LoadReport, (),
                      (bound_ms, step_seconds, steps, held, requests_of_member, busiest_hour,
                       members_carried, ended_because, streams, looked_for_again, lost, latencies,
                       errors, stopped_because))

struct Report {
    std::string version;
    std::string began_at;  ///< RFC 3339, UTC
    std::string server;
    std::uint64_t seed = 0;
    std::int64_t members = 0;
    std::int64_t days = 0;
    double days_per_minute = 0;
    double harming = 0;
    double steady = 0;
    double wary = 0;
    double listeners = 0;
    std::int64_t words_a_day = 0;
    std::vector<SettingReport> settings;
    std::optional<LoadReport> load;
    std::string stopped_because;  ///< why it could not even begin; empty where it began
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (version, began_at, server, seed, members, days, days_per_minute, harming,
                       steady, wary, listeners, words_a_day, settings, load, stopped_because))

/// Why the simulation could not begin or go on; empty where it went to its end.
[[nodiscard]] std::string why_stopped(Report const& report);
/// How much of what the server had acknowledged wasn't there again, where it was looked for.
[[nodiscard]] std::int64_t lost_in(Report const& report);

/// The report as one HTML page: words, pictures (SVG) and under each picture its table. It holds
/// no script and asks for nothing else.
[[nodiscard]] std::string report_page(Report const& report);

}  // namespace kith::simulate
