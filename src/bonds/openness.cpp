#include "bonds/bond_call.hpp"
#include "bonds/limits.hpp"
#include "bonds/wishes_store.hpp"
#include "bonds/wishes_views.hpp"
#include "web/respond.hpp"

namespace kith::bonds {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view openness_path = "/settings/openness";
constexpr std::string_view ceiling_path = "/host/bonds";

Answer show_openness(Call& call) {
    auto const rest = rest_of(call.read(), call.viewer());
    auto const dial = dial_of(call.read(), call.viewer());
    OpennessPage const view{rest ? Openness::resting : dial, call.say("bonds.seen_by_you")};
    return web::respond(call, view,
                        {.title = call.say("bonds.openness"), .place = web::Place::you});
}

Outcome act_openness(Call& call) {
    auto const form = web::read_form<OpennessForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        if (form.dial == Openness::resting) {
            begin_rest(write, call.viewer(), call.now(), std::nullopt);
        } else {
            end_rest(write, call.viewer());
            set_dial(write, call.viewer(), form.dial);
        }
        return web::done(call, std::string(openness_path), "bonds.said_openness");
    });
}

Answer show_ceiling(Call& call) {
    CeilingPage const view{ceiling_of(call.read())};
    return web::respond(call, view,
                        {.title = call.say("bonds.ceiling"), .place = web::Place::host});
}

Outcome act_ceiling(Call& call) {
    auto const form = web::read_form<CeilingForm>(call.form);
    web::Mistakes mistakes;
    mistakes.require(form.ceiling >= Step::same_circle, "ceiling", "form.not_understood");
    mistakes.throw_if_any();
    return Outcome::deed([&call, form](database::Write& write) {
        set_ceiling(write, form.ceiling);
        return web::done(call, std::string(ceiling_path), "bonds.said_ceiling");
    });
}

}  // namespace

std::vector<web::Route> openness_routes() {
    return {
        web::get<OpennessPage>(openness_path, Access::member, show_openness),
        before_agreement(limited(
            web::post<OpennessForm>(openness_path, Access::member, act_openness, show_openness),
            {limits::deeds_max, limits::deeds_time})),
    };
}

std::vector<web::Route> ceiling_routes() {
    return {
        web::get<CeilingPage>(ceiling_path, Access::host, show_ceiling),
        web::post<CeilingForm>(ceiling_path, Access::host, act_ceiling, show_ceiling),
    };
}

}  // namespace kith::bonds
