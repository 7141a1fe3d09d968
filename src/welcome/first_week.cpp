// A few small steps for the first week, each of which can be left alone.
#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "talk/greeters.hpp"
#include "web/respond.hpp"
#include "welcome/first_week_store.hpp"
#include "welcome/introductions_store.hpp"
#include "welcome/welcome_handlers.hpp"

namespace kith::welcome {

using web::Call;
using web::Outcome;

namespace {

constexpr std::string_view put_away = "all";

/// A step: how it is called in paths and words, and where it is done.
struct Step {
    std::string_view name;
    std::string_view title;
    std::string_view line;
    std::string_view url;
    bool FirstWeekRow::*done;
};
constexpr std::array<Step, 4> steps{{
    {"notices", "welcome.step_notices", "welcome.step_notices_line", "/settings/notices",
     &FirstWeekRow::chose_notices},
    {"face", "welcome.step_face", "welcome.step_face_line", "/settings/profile",
     &FirstWeekRow::has_face},
    {"hello", "welcome.step_hello", "welcome.step_hello_line", say_hello_pattern,
     &FirstWeekRow::said_hello},
    {"circle", "welcome.step_circle", "welcome.step_circle_line", "/circles",
     &FirstWeekRow::in_circle},
}};

bool was_skipped(std::vector<SkipRow> const& skips, std::string_view step) {
    return std::ranges::find(skips, step, &SkipRow::step) != skips.end();
}

/// The card of the path, or nothing where nothing of it is left to do.
std::optional<web::TodayCard> path_card(Call const& call, FirstWeekRow const& week,
                                        std::vector<SkipRow> const& skips) {
    web::TodayCard card;
    card.title = call.say("welcome.first_week");
    card.section = web::TodaySection::beginning;
    card.since = week.joined_at;
    card.skip_url = "/welcome/first-week/put-away";
    card.steps.push_back({call.say("welcome.step_come_in"),
                          call.say("welcome.step_come_in_line"),
                          "/agreement",
                          {},
                          true,
                          false});
    bool any_left = false;
    for (auto const& step : steps) {
        bool const done = week.*step.done;
        if (!done && was_skipped(skips, step.name)) continue;
        web::TodayStep shown{
            call.say(step.title), call.say(step.line), std::string(step.url), {}, done,
            !done && !any_left};
        if (!done) {
            any_left = true;
            shown.skip_url = "/welcome/first-week/" + std::string(step.name) + "/not-now";
        }
        card.steps.push_back(std::move(shown));
    }
    if (!any_left) return std::nullopt;
    return card;
}

}  // namespace

void add_first_week(Call& call, std::vector<web::TodayCard>& cards) {
    auto const week = first_week_of(call.read(), call.viewer());
    auto const skips = skips_of(call.read(), call.viewer());
    if (call.now() - week.joined_at >= limits::first_week_time || was_skipped(skips, put_away))
        return;
    auto path = path_card(call, week, skips);
    if (!path) return;
    cards.push_back(*std::move(path));
    web::TodayCard leaving;
    leaving.title = call.say("welcome.leaving");
    leaving.lines = {call.say("welcome.leaving_line")};
    leaving.section = web::TodaySection::side;
    cards.push_back(std::move(leaving));
    auto const own = own_introduction(call.read(), call.viewer());
    if (!own || !own->greeter_name) return;
    web::TodayCard greeter;
    greeter.title = call.say("welcome.your_greeter");
    greeter.lines = {call.say("welcome.your_greeter_line", {{"name", *own->greeter_name}})};
    greeter.url = introduction_url(own->public_id);
    greeter.action = call.say("welcome.your_greeter_open");
    greeter.section = web::TodaySection::side;
    cards.push_back(std::move(greeter));
}

Outcome act_not_now(Call& call) {
    auto const& name = call.parameter("step");
    if (std::ranges::find(steps, name, &Step::name) == steps.end()) throw Refusal::not_found();
    return Outcome::deed([&call, name](database::Write& write) {
        skip_step(write, call.viewer().member, name, call.now());
        return web::done(call, "/");
    });
}

Outcome act_put_away(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        skip_step(write, call.viewer().member, put_away, call.now());
        return web::done(call, "/");
    });
}

}  // namespace kith::welcome
