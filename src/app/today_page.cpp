#include "app/today_page.hpp"

#include <algorithm>

#include "bonds/wishes_store.hpp"
#include "web/respond.hpp"
#include "web/zoned_time.hpp"

namespace kith::app {

using web::Answer;
using web::Call;
using web::TodayCard;
using web::TodaySection;

namespace {

using namespace std::chrono_literals;

std::vector<TodayCard>& section_of(TodayPage& view, TodaySection section) {
    switch (section) {
        case TodaySection::beginning: return view.beginnings;
        case TodaySection::waits: return view.waits;
        case TodaySection::news: return view.news;
        case TodaySection::side: return view.side;
        case TodaySection::needs: break;
    }
    return view.needs;
}

/// What has waited longest comes first; what tells no time keeps its place behind that.
bool waits_longer(TodayCard const& one, TodayCard const& other) {
    if (one.since && other.since) return *one.since < *other.since;
    return one.since && !other.since;
}

/// "Thursday morning", by the clock on the viewer's wall.
std::string time_of_day(Call const& call) {
    auto const reading = call.reading();
    std::chrono::weekday const day(web::wall_day(reading.zone, reading.now));
    auto const minutes = web::wall_minutes(reading.zone, reading.now);
    std::string_view part = "app.part_night";
    if (minutes >= 5h && minutes < 12h) part = "app.part_morning";
    if (minutes >= 12h && minutes < 18h) part = "app.part_afternoon";
    if (minutes >= 18h && minutes < 22h) part = "app.part_evening";
    return call.say("app.today_heading",
                    {{"day", call.say("app.weekday_" + std::to_string(day.c_encoding()))},
                     {"part", call.say(part)}});
}

bool on_first_day(Call const& call, TodayPage const& view) {
    return std::ranges::any_of(view.beginnings, [&](TodayCard const& card) {
        return card.since && call.now() - *card.since < 24h;
    });
}

}  // namespace

Answer show_today(Call& call) {
    TodayPage view;
    for (auto const& cards_of : call.site.today)
        for (auto& card : cards_of(call)) section_of(view, card.section).push_back(std::move(card));
    for (auto* const section : {&view.needs, &view.waits, &view.news})
        std::ranges::stable_sort(*section, waits_longer);
    view.resting = bonds::rest_of(call.read(), call.viewer()).has_value();
    view.side_any = !view.side.empty();
    auto const count = static_cast<std::int64_t>(view.needs.size());
    if (on_first_day(call, view)) {
        view.heading = call.say("app.today_first", {{"name", call.visitor.name}});
        view.lead = call.say("app.today_first_lead");
    } else {
        view.heading = time_of_day(call);
        view.lead = count > 0            ? call.say("app.today_needs_count", {{"count", count}})
                    : view.waits.empty() ? call.say("app.today_nothing")
                                         : call.say("app.today_somebody");
    }
    web::Head head{.title = call.say("app.today")};
    head.place = web::Place::today;
    return web::respond(call, view, std::move(head));
}

}  // namespace kith::app
