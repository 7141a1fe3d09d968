#include <algorithm>

#include "bonds/ladder_store.hpp"
#include "bonds/limits.hpp"
#include "bonds/hello_store.hpp"
#include "bonds/wishes_store.hpp"
#include "bonds/wishes_views.hpp"
#include "web/respond.hpp"

namespace kith::bonds {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::NoFields;
using web::Outcome;

constexpr std::string_view path = "/small-step";

/// One tiny thing to do, and where.
struct Suggestion {
    std::string title;
    std::string line;
    std::string url;
};

/// Somebody with whom at least `step` is open, another at each turn.
std::optional<BondLine> somebody(std::vector<BondLine> const& bonds, Step step, std::int64_t turn) {
    std::vector<BondLine> fitting;
    std::copy_if(bonds.begin(), bonds.end(), std::back_inserter(fitting),
                 [&](BondLine const& bond) { return bond.step >= step; });
    if (fitting.empty()) return std::nullopt;
    return fitting[static_cast<std::size_t>(turn) % fitting.size()];
}

/// By turns: a hello to one person, one conversation to read, one letter to write. Nothing of it is
/// kept: neither what was done nor what was left.
Suggestion suggestion_of(Call& call, std::int64_t turn) {
    auto const bonds = bonds_of(call.read(), call.viewer());
    auto const round = turn / 3;
    if (turn % 3 == 0) {
        if (auto const one = somebody(bonds, Step::hello, round))
            return {call.say("bonds.small_hello", {{"name", one->name}}),
                    call.say("bonds.small_hello_line"), "/members/" + one->id.text() + "/bond"};
        return {call.say("bonds.small_people"), call.say("bonds.small_people_line"), "/members"};
    }
    if (turn % 3 == 2) {
        if (auto const one = somebody(bonds, Step::letters, round))
            return {call.say("bonds.small_letter", {{"name", one->name}}),
                    call.say("bonds.small_letter_line"), "/members/" + one->id.text() + "/bond"};
        return {call.say("bonds.small_dial"), call.say("bonds.small_dial_line"),
                "/settings/openness"};
    }
    return {call.say("bonds.small_read"), call.say("bonds.small_read_line"), "/circles"};
}

Answer show_small_step(Call& call) {
    SmallStepPage view;
    view.seen_by = call.say("bonds.seen_by_you");
    if (auto const row = small_steps_of(call.read(), call.viewer())) {
        view.on = true;
        view.waits = row->quiet_until > call.now();
        auto suggestion = suggestion_of(call, row->turn);
        view.title = std::move(suggestion.title);
        view.line = std::move(suggestion.line);
        view.url = std::move(suggestion.url);
    }
    return web::respond(call, view,
                        {.title = call.say("bonds.small_step"), .place = web::Place::you});
}

Outcome act_on(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        switch_small_steps_on(write, call.viewer(), call.now());
        return web::done(call, std::string(path), "bonds.said_small_on");
    });
}

Outcome act_off(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        switch_small_steps_off(write, call.viewer());
        return web::done(call, std::string(path), "bonds.said_small_off");
    });
}

Outcome act_next(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        turn_small_step(write, call.viewer(), call.now() + limits::small_step_time);
        return web::done(call, std::string(path), "bonds.said_small_next");
    });
}

}  // namespace

std::vector<web::Route> small_step_routes() {
    auto const deed = [](std::string_view pattern, web::Act act) {
        return before_agreement(web::post<NoFields>(pattern, Access::member, act));
    };
    return {
        web::get<SmallStepPage>(path, Access::member, show_small_step),
        deed("/small-step/on", act_on),
        deed("/small-step/off", act_off),
        deed("/small-step/next", act_next),
    };
}

std::vector<web::TodayCard> small_step_cards(Call& call) {
    auto const row = small_steps_of(call.read(), call.viewer());
    if (!row || row->quiet_until > call.now() || rest_of(call.read(), call.viewer())) return {};
    auto suggestion = suggestion_of(call, row->turn);
    return {{call.say("bonds.small_step"),
             {std::move(suggestion.title)},
             std::string(path),
             call.say("bonds.today_small_go"),
             web::TodaySection::side}};
}

}  // namespace kith::bonds
