#include <doctest/doctest.h>

#include "simulate/chart.hpp"
#include "simulate/conclusion.hpp"
#include "simulate/load.hpp"
#include "simulate/report.hpp"
#include "web/json.hpp"

namespace kith::simulate {
namespace {

constexpr std::string_view evil = "<script>alert(\"1 & 2\")</script>";

/// Whether each element is closed in its order, and every '&' begins a reference.
bool well_formed(std::string_view html) {
    std::vector<std::string> open;
    for (std::size_t at = 0; at < html.size(); ++at) {
        if (html[at] == '&' && html.substr(at, 10).find(';') == html.npos) return false;
        if (html[at] != '<') continue;
        auto const end = html.find('>', at);
        if (end == html.npos) return false;
        auto const tag = html.substr(at + 1, end - at - 1);
        at = end;
        if (tag.starts_with('!') || tag.ends_with('/') || tag.starts_with("meta")) continue;
        auto const name = std::string(tag.substr(tag.starts_with('/'), tag.find(' ')));
        if (!tag.starts_with('/')) {
            open.push_back(name);
        } else if (open.empty() || "/" + open.back() != tag) {
            return false;
        } else {
            open.pop_back();
        }
    }
    return open.empty();
}

std::size_t count_of(std::string_view text, std::string_view what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
    return count;
}

SettingReport setting(std::string name) {
    SettingReport report;
    report.name = std::move(name);
    report.first_replies.answered_by_6_hours.assign(13, 0.25);
    report.days = {{1, 5, std::nullopt, 0.5, 0}, {2, 8, 0.25, 1.5, 0.125}};
    report.latencies = {{std::string(evil), 3, 1.25, 9.75, 10}};
    report.errors = {{std::string(evil), 0, 2}};
    return report;
}

Report whole_report() {
    Report report;
    report.version = "1";
    report.server = evil;
    report.settings = {setting("kith"), setting("forum")};
    LoadReport load;
    load.steps = {{25, 25, 1, 2, 0.5, 0, true}, {37.5, 30, 100, 200, 0.5, 3, false}};
    load.ended_because = evil;
    report.load = load;
    return report;
}

TEST_CASE("the page of the report is well-formed, without a script, and asks for nothing") {
    auto const page = report_page(whole_report());
    CHECK(well_formed(page));
    CHECK(page.find("<script") == page.npos);
    CHECK(page.find("&lt;script&gt;alert(&quot;1 &amp; 2&quot;)") != page.npos);
    for (auto const* never : {"src=", "href=", "url(", "@import"})
        CHECK_MESSAGE(page.find(never) == page.npos, never);
    CHECK(page.find("lang=\"en\"") != page.npos);
    CHECK(page.find("prefers-color-scheme: dark") != page.npos);
}

TEST_CASE("under each picture stands the table of its numbers, and the picture has words") {
    auto const page = report_page(whole_report());
    auto const pictures = count_of(page, "role=\"img\"");
    CHECK(pictures == 8);
    CHECK(count_of(page, "<figure") == pictures);
    CHECK(count_of(page, "aria-labelledby=") == pictures);
    std::set<std::string> ids;
    for (auto at = page.find("id=\""); at != page.npos; at = page.find("id=\"", at + 1))
        CHECK(ids.insert(page.substr(at + 4, page.find('"', at + 4) - at - 4)).second);
}

TEST_CASE("a report without days, or without errors, is a page as well") {
    Report report;
    CHECK(well_formed(report_page(report)));
    SettingReport empty;
    empty.name = "kith";
    report.settings = {empty};
    auto const page = report_page(report);
    CHECK(well_formed(page));
    CHECK(page.find("every answer was as hoped for") != page.npos);
}

TEST_CASE("a report of what could not go on says why, and accuses nobody of losing anything") {
    auto report = whole_report();
    report.load.reset();
    CHECK(why_stopped(report).empty());
    CHECK(report_page(report).find("could not go on") == std::string::npos);
    report.settings.back().lost = 2;
    CHECK(lost_in(report) == 2);
    report.settings.back().stopped_because = evil;
    CHECK(why_stopped(report) == evil);
    CHECK(lost_in(report) == 0);
    auto const page = report_page(report);
    CHECK(well_formed(page));
    CHECK(page.find("Open forum could not go on: &lt;script&gt;") != page.npos);
    CHECK(page.find("<script") == page.npos);
    report.load = LoadReport{};
    report.load->lost = 3;
    CHECK(lost_in(report) == 3);
    report.load->stopped_because = "It is gone.";
    CHECK(why_stopped(report) == "It is gone.");
    REQUIRE(conclusions(report).size() == 1);
    CHECK(conclusions(report).front().find("could not go on: It is gone. ") != std::string::npos);
    CHECK(lost_in(report) == 0);
    CHECK(report_page(report).find("The load could not go on: It is gone.") != page.npos);
}

TEST_CASE("a report of what could not begin says why, and holds no figure") {
    Report report;
    report.version = "1";
    report.members = 300;
    report.stopped_because = evil;
    CHECK(why_stopped(report) == evil);
    CHECK(lost_in(report) == 0);
    REQUIRE(conclusions(report).size() == 1);
    CHECK(conclusions(report).front().starts_with("The simulation could not begin: <script>"));
    auto const page = report_page(report);
    CHECK(well_formed(page));
    CHECK(page.find("could not begin: &lt;script&gt;") != page.npos);
    CHECK(page.find("300") == page.npos);
    CHECK(page.find("<table") == page.npos);
}

std::string concluded(Report const& report) {
    std::string all;
    for (auto const& words : conclusions(report)) all += words + "\n";
    return all;
}

bool holds(std::string const& text, std::string_view words) {
    return text.find(words) != text.npos;
}

TEST_CASE("the report says first what a host may conclude: the server, and what settings changed") {
    auto report = whole_report();
    report.load.reset();
    auto& kith = report.settings.front();
    auto& forum = report.settings.back();
    kith.errors.clear();
    kith.seconds = 70;
    kith.first_replies.within_day_share = 0.4;
    forum.first_replies.within_day_share = 0.9;
    kith.isolated_at_end = 0.05;
    forum.isolated_at_end = 0.25;
    kith.harm_seen_per_member = forum.harm_seen_per_member = 3;
    forum.seconds = 80;
    forum.seconds_late = 10;
    auto const fine = concluded(report);
    CHECK(holds(fine, "With Kith’s defaults: every request was answered as hoped for. Nothing"));
    CHECK(holds(fine, "In the open forum: 2 requests were not answered as hoped for."));
    CHECK(count_of(fine, "seconds late") == 1);
    CHECK(holds(fine, "Better with Kith’s defaults: alone on the last day (5 against 25 in 100)."));
    CHECK(holds(fine, "Better in the forum: answered within a day (40 against 90 in 100)."));
    CHECK(holds(fine, "harmful words read by a member (3.0 against 3.0)"));
    CHECK(holds(fine, "kith simulate --load"));
    CHECK(holds(report_page(report), "<h2>In short</h2>"));
    kith.streams.lost = 1'234;
    CHECK(holds(concluded(report), "1,234 things that it had acknowledged were lost."));
}

TEST_CASE(
    "the report of a load says whether the machine is large enough, no more exactly than known") {
    Report report;
    report.members = 200;
    report.load = LoadReport{};
    CHECK(holds(concluded(report), "not even the first step"));
    report.load->held = 276;
    report.load->members_carried = 110'341;
    report.load->ended_because = "answers came too late";
    auto const sized = concluded(report);
    CHECK(holds(sized, "large enough for about 110,000 members. Where"));
    CHECK(holds(sized, "the pages of 200 members"));
    CHECK(holds(sized, "Nothing that it had acknowledged was lost."));
    report.load->ended_because = "no more was tried";
    CHECK(holds(concluded(report), "members, and perhaps for more: no more was tried."));
    CHECK(!holds(report_page(report), "hurt others"));
}

TEST_CASE("large numbers stand in groups of three") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1'000) == "1,000");
    CHECK(grouped(-1'234'567) == "-1,234,567");
}

TEST_CASE("a picture and its table show the same values; what isn't there is a gap, and said") {
    Chart const chart{
        "x", "T", "S", "day", "share", {"1", "2", "3"}, {{"one", {1.0, std::nullopt, 2.0}}}};
    auto const lines = figure(chart, ChartKind::lines);
    CHECK(count_of(lines, "class=\"line s1\"") == 2);
    CHECK(count_of(lines, "<td>no figure</td>") == 1);
    CHECK(lines.find("<td>2.0</td>") != lines.npos);
    auto const begin = lines.find("d=\"M");
    auto const path = lines.substr(begin, lines.find('"', begin + 3) - begin);
    CHECK(count_of(path, "M") == 2);
    CHECK(count_of(path, "L") == 0);
    CHECK(count_of(figure(chart, ChartKind::bars), "<rect") == 4);
}

TEST_CASE("a scale ends at a round number that nothing exceeds") {
    CHECK(round_top(0) == 1);
    CHECK(round_top(1) == 1);
    CHECK(round_top(1.01) == 2);
    CHECK(round_top(3) == doctest::Approx(5));
    CHECK(round_top(51) == doctest::Approx(100));
    CHECK(round_top(0.03) == doctest::Approx(0.05));
}

TEST_CASE("rates grow by half up to the most, and members follow from what was held") {
    CHECK(load_rates(100, 300) == std::vector<double>{100, 150, 225});
    CHECK(load_rates(100, 99).empty());
    CHECK(members_carried(100, 60, 0.15) == 40'000);
    CHECK(members_carried(0, 60, 0.15) == 0);
}

TEST_CASE("a step that fails once, or is too late for one in a hundred, hasn't held") {
    LoadStep step;
    step.p99_ms = 100;
    CHECK(step_held(step, 100));
    step.errors = 1;
    CHECK_FALSE(step_held(step, 100));
    step.errors = 0;
    step.p99_ms = 100.1;
    CHECK_FALSE(step_held(step, 100));
}

TEST_CASE("the report as JSON holds what the page holds") {
    auto const json = web::to_json(whole_report());
    CHECK(json.find("\"answered_by_6_hours\":[0.25") != json.npos);
    CHECK(json.find("\"isolated\":null") != json.npos);
    CHECK(json.find("<script>") == json.npos);
}

}  // namespace
}  // namespace kith::simulate
