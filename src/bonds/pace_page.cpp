#include "bonds/limits.hpp"
#include "bonds/wishes_store.hpp"
#include "bonds/wishes_views.hpp"
#include "notify/notice_settings_store.hpp"
#include "web/respond.hpp"

namespace kith::bonds {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view path = "/settings/pace";

std::string clock_of(web::WallMinutes minutes) {
    auto const two = [](auto value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return two(minutes.count() / 60) + ":" + two(minutes.count() % 60);
}

Answer show_pace(Call& call) {
    auto const pace = pace_of(call.read(), call.viewer());
    auto const told = notify::told_member(call.read(), call.viewer(), call.viewer().member);
    auto const wishes = told ? told->wishes() : notify::NoticeWishes{};
    PacePage view;
    view.delivery = pace.delivery;
    if (call.failed(path))
        (void)web::forms::read(std::string(call.form.text("delivery")), view.delivery);
    view.unsend_minutes = call.field(path, "unsend_minutes", std::to_string(pace.unsend_minutes));
    view.hour = clock_of(wishes.digest_at);
    view.quiet = wishes.quiet.from == wishes.quiet.until
                     ? call.say("bonds.quiet_none")
                     : call.say("bonds.quiet_hours", {{"from", clock_of(wishes.quiet.from)},
                                                      {"until", clock_of(wishes.quiet.until)}});
    view.seen_by = call.say("bonds.seen_by_you");
    return web::respond(call, view, {.title = call.say("bonds.pace"), .place = web::Place::you});
}

Outcome act_pace(Call& call) {
    auto const form = web::read_form<PaceForm>(call.form);
    bool const fits = form.unsend_minutes >= 0 && form.unsend_minutes <= limits::unsend_minutes_max;
    web::Mistakes mistakes;
    mistakes.require(fits, "unsend_minutes", "bonds.unsend_mistake");
    mistakes.throw_if_any();
    return Outcome::deed([&call, form](database::Write& write) {
        set_pace(write, call.viewer(), {form.delivery, form.unsend_minutes});
        return web::done(call, std::string(path), "bonds.said_pace");
    });
}

}  // namespace

std::vector<web::Route> pace_routes() {
    return {
        web::get<PacePage>(path, Access::member, show_pace),
        before_agreement(web::post<PaceForm>(path, Access::member, act_pace, show_pace)),
    };
}

}  // namespace kith::bonds
