#include "members/joining.hpp"

#include "members/account_deeds.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view joining_path = "/host/joining";

Answer show_joining(Call& call) {
    JoiningPage view;
    for (auto& row : join_requests_waiting(call.read(), call.viewer())) {
        auto const url = "/host/joining/" + row.public_id.text();
        view.items.push_back({row.public_id, std::move(row.name), std::move(row.pronouns),
                              std::move(row.email), std::move(row.words), row.asked_at,
                              url + "/accept", url + "/decline"});
    }
    return respond(call, view, {.title = call.say("members.joining"), .place = web::Place::host});
}

Outcome act_accept(Call& call) {
    auto const id = call.id();
    return Outcome::deed([&call, id](database::Write& write) {
        auto const member = accept_join_request(call.site, write, id, call.viewer().member);
        note_deed(call.site, write, call.viewer(), "let in", member);
        web::untell(write, call.site, request_waits, id.text());
        return web::done(call, std::string(joining_path), "members.said_let_in");
    });
}

Outcome act_decline(Call& call) {
    auto const id = call.id();
    return Outcome::deed([&call, id](database::Write& write) {
        decline_join_request(call.site, write, id, call.viewer().member);
        web::untell(write, call.site, request_waits, id.text());
        return web::done(call, std::string(joining_path), "members.said_declined");
    });
}

}  // namespace

std::vector<web::TodayCard> joining_cards(Call& call) {
    if (!call.viewer().at_least(Role::steward)) return {};
    auto const waiting = join_requests_waiting(call.read(), call.viewer()).size();
    if (waiting == 0) return {};
    return {{call.say("members.joining"),
             {call.say("members.today_joining", {{"count", waiting}})},
             std::string(joining_path),
             call.say("members.today_joining_action")}};
}

std::vector<web::Route> joining_routes() {
    return {
        web::get<JoiningPage>(joining_path, Access::steward, show_joining),
        web::post<web::NoFields>("/host/joining/{id}/accept", Access::steward, act_accept),
        web::post<web::NoFields>("/host/joining/{id}/decline", Access::steward, act_decline),
    };
}

}  // namespace kith::members
