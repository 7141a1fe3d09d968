#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "simulate/chart.hpp"
#include "simulate/conclusion.hpp"
#include "simulate/report.hpp"

namespace kith::simulate {
namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --paper: #f8f6f1; --surface: #fffefc; --line: #dad7cb;
  --edge: #6b756f; --ink: #1c2826; --soft: #414d4a; --a: #1b4d46; --b: #822a18; --c: #2d4067;
  --d: #6b4a00; }
@media (prefers-color-scheme: dark) { :root { --paper: #141b1a; --surface: #1b2423;
  --line: #35413e; --edge: #87948e; --ink: #eeebe1; --soft: #bfc7c0; --a: #a9d8c8; --b: #f6b09b;
  --c: #bccaec; --d: #efbd5c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 46rem; margin-inline: auto; padding: 2rem clamp(1rem, 5vw, 2.5rem) 4rem; }
h1, h2, h3 { font-family: "Iowan Old Style", Charter, Georgia, "Noto Serif", serif;
  line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(2rem, 1.55rem + 2vw, 2.875rem); margin: 0 0 .5rem; }
h2 { font-size: 1.5625rem; margin: 3rem 0 1rem; border-top: 1px solid var(--line);
  padding-top: 1.5rem; }
h3 { font-size: 1.1875rem; margin: 0; }
p { margin: .5rem 0; max-width: 39rem; }
.short { max-width: 39rem; margin: 0; padding-inline-start: 1.25rem; }
.short li { margin: .5rem 0; }
.soft, .axes, caption { color: var(--soft); font-size: .9375rem; }
figure { margin: 1.5rem 0 2rem; padding: 1.25rem; background: var(--surface);
  border: 1px solid var(--line); border-radius: .875rem; }
.chart { display: block; width: 100%; height: auto; margin-top: .5rem; }
.chart text { fill: var(--soft); font-size: 13px; font-family: inherit;
  font-variant-numeric: tabular-nums; }
.rule { stroke: var(--line); stroke-width: 1; }
.line { fill: none; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.line.s1 { stroke: var(--a); } .line.s2 { stroke: var(--b); stroke-dasharray: 8 7; }
.line.s3 { stroke: var(--c); stroke-dasharray: 2 7; }
.line.s4 { stroke: var(--d); stroke-dasharray: 14 6 2 6; }
.bar { stroke-width: 1.5; }
.bar.s1 { fill: var(--a); stroke: var(--a); } .bar.s2 { fill: transparent; stroke: var(--b); }
.bar.s3 { fill: var(--c); stroke: var(--c); } .bar.s4 { fill: transparent; stroke: var(--d); }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0;
  margin: .75rem 0 0; }
.key svg { width: 28px; height: 14px; vertical-align: middle; margin-inline-end: .5rem; }
.scroll { overflow-x: auto; margin-top: 1rem; }
.scroll:focus-visible { outline: 3px solid var(--a); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: start; padding-bottom: .25rem; }
th, td { padding: .375rem .75rem; border-bottom: 1px solid var(--line); text-align: end;
  white-space: nowrap; }
th:first-child { text-align: start; white-space: normal; min-width: 8rem; }
th { font-weight: 600; }
@media (max-width: 34rem) { figure { padding: 1rem .75rem; } th, td { padding: .375rem .375rem; }
  .chart text { font-size: 20px; } }
thead th { white-space: normal; border-bottom: 2px solid var(--edge); vertical-align: bottom; }
@media (forced-colors: active) { .line, .bar { forced-color-adjust: none; } }
@media print { figure { break-inside: avoid; } }
)";

std::string whole(std::int64_t value) { return grouped(value); }

std::string label_of(SettingReport const& setting) {
    return setting.name == "kith" ? "Kith’s defaults" : "Open forum";
}

std::string in_hundred(std::optional<double> share) {
    return share ? decimal(*share * 100, 0) : "no figure";
}

std::string paragraph(std::string const& words) { return "<p>" + escape_html(words) + "</p>\n"; }

std::string heading(std::string const& words) { return "<h2>" + escape_html(words) + "</h2>\n"; }

using Line = std::function<std::string(SettingReport const&)>;

Table compared(Report const& report, std::string caption,
               std::vector<std::pair<std::string, Line>> const& lines) {
    Table table{std::move(caption), {"what"}, {}};
    for (auto const& setting : report.settings) table.heads.push_back(label_of(setting));
    for (auto const& [name, line] : lines) {
        std::vector<std::string> row{name};
        for (auto const& setting : report.settings) row.push_back(line(setting));
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string hours(std::optional<double> value) {
    return value ? decimal(*value, 0) + " h" : "no figure";
}

Table people_table(Report const& report) {
    using S = SettingReport const&;
    return compared(
        report, "How people fared",
        {{"hellos and hard words", [](S s) { return whole(s.first_replies.asks); }},
         {"of these answered", [](S s) { return whole(s.first_replies.answered); }},
         {"half of the answered had waited", [](S s) { return hours(s.first_replies.p50_hours); }},
         {"nine in ten of them", [](S s) { return hours(s.first_replies.p90_hours); }},
         {"answered within a day, in 100",
          [](S s) { return in_hundred(s.first_replies.within_day_share); }},
         {"left unanswered for a day or more",
          [](S s) { return whole(s.first_replies.unanswered); }},
         {"asked less than a day before the end, and not answered yet",
          [](S s) {
              auto const& replies = s.first_replies;
              return whole(replies.asks - replies.answered - replies.unanswered);
          }},
         {"people left unanswered", [](S s) { return whole(s.first_replies.people_unanswered); }},
         {"alone on the last day, in 100", [](S s) { return in_hundred(s.isolated_at_end); }},
         {"harmful words read, per member", [](S s) { return decimal(s.harm_seen_per_member, 2); }},
         {"of these at the reader, per member",
          [](S s) { return decimal(s.harm_at_them_per_member, 2); }},
         {"withdrawn on the last day, in 100",
          [](S s) { return s.days.empty() ? "no figure" : in_hundred(s.days.back().withdrawn); }}});
}

Table counts_table(Report const& report) {
    using S = SettingReport const&;
    return compared(report, "What the server acknowledged",
                    {{"members", [](S s) { return whole(s.counts.members); }},
                     {"hellos on a page of their own", [](S s) { return whole(s.counts.hellos); }},
                     {"conversations begun", [](S s) { return whole(s.counts.conversations); }},
                     {"comments", [](S s) { return whole(s.counts.comments); }},
                     {"of these harmful", [](S s) { return whole(s.counts.harmful); }},
                     {"answers without words", [](S s) { return whole(s.counts.kind_replies); }},
                     {"put aside by stewards", [](S s) { return whole(s.counts.put_aside); }},
                     {"taken out of a circle", [](S s) { return whole(s.counts.taken_out); }},
                     {"distances kept", [](S s) { return whole(s.counts.distances); }},
                     {"muted", [](S s) { return whole(s.counts.mutes); }},
                     {"words read again at the end", [](S s) { return whole(s.looked_for_again); }},
                     {"of these lost", [](S s) { return whole(s.lost); }},
                     {"event streams", [](S s) { return whole(s.streams.streams); }},
                     {"events due on them", [](S s) { return whole(s.streams.expected); }},
                     {"of these lost", [](S s) { return whole(s.streams.lost); }},
                     {"streams cut and come back", [](S s) { return whole(s.streams.cuts); }}});
}

/// A value of each day, in each setting.
template <class Value>
Chart by_day(Report const& report, Chart chart, Value value) {
    chart.across = "day";
    for (auto const& day : report.settings.front().days) chart.labels.push_back(whole(day.day));
    for (auto const& setting : report.settings) {
        Series series{label_of(setting), {}};
        for (auto const& day : setting.days) series.values.push_back(value(day));
        chart.series.push_back(std::move(series));
    }
    return chart;
}

std::optional<double> hundredfold(std::optional<double> share) {
    if (!share) return std::nullopt;
    return *share * 100;
}

std::string people_figures(Report const& report) {
    Chart replies{"replies",
                  "Time to the first reply",
                  "How many in 100 hellos and hard words had been answered after so many hours.",
                  "hours",
                  "answered, in 100",
                  {},
                  {}};
    for (int step = 0; step <= 12; ++step) replies.labels.push_back(std::to_string(step * 6));
    for (auto const& setting : report.settings) {
        Series series{label_of(setting), {}};
        for (auto const share : setting.first_replies.answered_by_6_hours)
            series.values.push_back(hundredfold(share));
        replies.series.push_back(std::move(series));
    }
    Chart alone{
        "isolation",
        "Isolation",
        "Of members who had been there for three days: how many in 100 neither gave nor got "
        "a kindness in the last three.",
        {},
        "alone, in 100",
        {},
        {}};
    Chart harm{"harm",
               "Harm seen",
               "How often a member read words that hurt, each counted when first read.",
               {},
               "harmful words read, per member",
               {},
               {},
               2};
    Chart gone{"withdrawn",
               "Withdrawn",
               "How many in 100 trust so little that they read now and then, and say nothing.",
               {},
               "withdrawn, in 100",
               {},
               {}};
    return figure(replies, ChartKind::lines) +
           figure(by_day(report, alone, [](DayLine const& d) { return hundredfold(d.isolated); }),
                  ChartKind::lines) +
           figure(by_day(report, harm, [](DayLine const& d) { return std::optional(d.harm_seen); }),
                  ChartKind::bars) +
           figure(by_day(report, gone, [](DayLine const& d) { return hundredfold(d.withdrawn); }),
                  ChartKind::lines);
}

std::string latency_figure(std::string const& id, std::string const& title,
                           std::vector<LatencyLine> const& lines) {
    Table table{title, {"kind of request", "count", "p50 ms", "p99 ms", "slowest ms"}, {}};
    Chart chart{id,
                title,
                "Half of the requests took at most p50, 99 of 100 at most p99. What checks a "
                "password is slow on purpose, and stands in the table alone.",
                "kind of request, by its number in the table",
                "milliseconds",
                {},
                {}};
    chart.series = {{"p50", {}}, {"p99", {}}};
    for (auto const& line : lines) {
        auto const number = whole(static_cast<std::int64_t>(table.rows.size()) + 1);
        table.rows.push_back({number + " " + line.kind, whole(line.count), decimal(line.p50_ms, 1),
                              decimal(line.p99_ms, 1), decimal(line.max_ms, 1)});
        if (checks_password(line.kind)) continue;
        chart.labels.push_back(number);
        chart.series[0].values.emplace_back(line.p50_ms);
        chart.series[1].values.emplace_back(line.p99_ms);
    }
    return figure(chart, ChartKind::bars, table);
}

/// Where it could not go on: that, and what the figures don't say then.
std::string stopped_part(std::string const& of, std::string const& reason) {
    if (reason.empty()) return {};
    return paragraph(of + " could not go on: " + reason +
                     " What stands here came until then; whether all that was acknowledged is "
                     "there was not looked at.");
}

std::string error_part(std::string const& of, std::vector<ErrorLine> const& errors) {
    if (errors.empty()) return paragraph(of + ": every answer was as hoped for.");
    Table table{
        of + ": answers that weren’t hoped for", {"kind of request", "status", "count"}, {}};
    for (auto const& line : errors)
        table.rows.push_back(
            {line.kind, line.status == 0 ? "no answer" : whole(line.status), whole(line.count)});
    return table_html(table);
}

std::string load_part(LoadReport const& load) {
    auto html = heading("What the machine held");
    html += stopped_part("The load", load.stopped_because);
    html +=
        paragraph("It held " + decimal(load.held, 0) +
                  " requests a second with a p99 of at "
                  "most " +
                  decimal(load.bound_ms, 0) + " ms, and ended there: " + load.ended_because + ".");
    html += paragraph(
        "At " + decimal(load.requests_of_member, 0) + " requests of a member a day, of which " +
        decimal(load.busiest_hour * 100, 0) + " in 100 fall into the busiest hour, that carries " +
        whole(load.members_carried) + " members.");
    Chart chart{"load",
                "Latency as more is asked",
                "Times count from when a request was due, whether or not it could be sent then.",
                "requests a second",
                "milliseconds",
                {},
                {}};
    chart.series = {{"p50", {}}, {"p99", {}}};
    Table table{"The steps",
                {"due a second", "answered", "p50 ms", "p99 ms", "sent late ms", "errors", "held"},
                {}};
    for (auto const& step : load.steps) {
        chart.labels.push_back(decimal(step.wanted, 0));
        chart.series[0].values.emplace_back(step.p50_ms);
        chart.series[1].values.emplace_back(step.p99_ms);
        table.rows.push_back({decimal(step.wanted, 0), decimal(step.answered, 0),
                              decimal(step.p50_ms, 1), decimal(step.p99_ms, 1),
                              decimal(step.sent_late_p99_ms, 1), whole(step.errors),
                              step.held ? "yes" : "no"});
    }
    html += figure(chart, ChartKind::lines, table);
    html +=
        paragraph(whole(load.streams.streams) + " event streams were open; of " +
                  whole(load.streams.expected) + " events due on them " + whole(load.streams.lost) +
                  " were lost. Of " + whole(load.looked_for_again) +
                  " words that were acknowledged " + whole(load.lost) + " were not there again.");
    html += latency_figure("load-kinds", "Latency of the last step that held", load.latencies);
    return html + error_part("The last step", load.errors);
}

std::string settings_part(Report const& report) {
    std::string html;
    for (auto const& setting : report.settings)
        html += stopped_part(label_of(setting), setting.stopped_because);
    html += heading("People") + table_html(people_table(report)) + people_figures(report) +
            heading("What was done") + table_html(counts_table(report)) + heading("The server");
    for (auto const& setting : report.settings) {
        html += latency_figure("latency-" + setting.name, label_of(setting) + ": latency",
                               setting.latencies);
        html += error_part(label_of(setting), setting.errors);
        html += paragraph(label_of(setting) + ": the days took " + decimal(setting.seconds, 0) +
                          " seconds, and ended " + decimal(setting.seconds_late, 1) +
                          " seconds late. Decisions: " + setting.decisions + ".");
    }
    return html;
}

std::string intro(Report const& report) {
    std::string html =
        "<h1>A community, simulated</h1>\n<p class=\"soft\">" +
        escape_html("Kith " + report.version + ", " + report.began_at + ", " + report.server) +
        "</p>\n";
    if (!report.stopped_because.empty()) return html;
    if (report.load)
        return html + paragraph(whole(report.members) +
                                " agents who ask for pages and post comments, at a rate that "
                                "grows from step to step. Seed " +
                                std::to_string(report.seed) + ".");
    html += paragraph(whole(report.members) + " agents, " + whole(report.days) + " days, seed " +
                      std::to_string(report.seed) + ". Of 100 agents " +
                      decimal(report.harming * 100, 0) + " hurt others, " +
                      decimal(report.steady * 100, 0) + " show up without being asked, " +
                      decimal(report.wary * 100, 0) + " were hurt before. Nobody says more than " +
                      whole(report.words_a_day) + " things a day.");
    return html + paragraph(
                      "Agents are a small model, not people: the figures compare two ways for the "
                      "same agents to "
                      "live, and say nothing of how real people would fare. The server’s own "
                      "figures (latency, "
                      "errors, what was lost) are of the real server.");
}

std::string in_short(Report const& report) {
    auto const said = conclusions(report);
    if (said.empty()) return {};
    std::string html = heading("In short") + "<ul class=\"short\">\n";
    for (auto const& words : said) html += "<li>" + escape_html(words) + "</li>\n";
    return html + "</ul>\n";
}

}  // namespace

std::string why_stopped(Report const& report) {
    if (!report.stopped_because.empty()) return report.stopped_because;
    if (report.load) return report.load->stopped_because;
    return report.settings.empty() ? "" : report.settings.back().stopped_because;
}

std::int64_t lost_in(Report const& report) {
    auto const of = [](auto const& part) {
        return part.stopped_because.empty() ? part.lost + part.streams.lost : 0;
    };
    std::int64_t lost = report.load ? of(*report.load) : 0;
    for (auto const& setting : report.settings) lost += of(setting);
    return lost;
}

std::string report_page(Report const& report) {
    std::string html =
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<title>A community, simulated</title>\n<style>";
    html += style;
    html += "</style></head>\n<body><main>\n" + intro(report) + in_short(report);
    if (!report.settings.empty()) html += settings_part(report);
    if (report.load) html += load_part(*report.load);
    return html + "</main></body>\n</html>\n";
}

}  // namespace kith::simulate
