#include "members/sessions_page.hpp"

#include "base/limits.hpp"
#include "members/recovery.hpp"
#include "members/sessions.hpp"
#include "members/sign_in_events.hpp"
#include "members/sign_in_links.hpp"
#include "members/way_in.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view sessions_path = "/settings/sessions";
constexpr std::string_view end_path = "/settings/sessions/{id}/end";
constexpr std::string_view end_others_path = "/settings/sessions/end-others";

Answer show_sessions(Call& call) {
    auto const& viewer = call.viewer();
    SessionsPage view;
    for (auto const& row : sessions_of(call.read(), viewer, call.now())) {
        SessionItem item;
        item.id = row.public_id;
        item.described = row.described;
        item.device = row.device;
        item.started_at = row.started_at;
        item.seen_at = row.seen_at;
        item.this_one = row.id == call.visitor.session;
        item.end_url = "/settings/sessions/" + row.public_id.text() + "/end";
        view.items.push_back(std::move(item));
    }
    for (auto const& event : events_elsewhere(call.read(), viewer, call.visitor.session,
                                              call.now() - limits::session_kept_after_end))
        view.changes.push_back(call.say(word_of(event.kind), {{"at", event.at}}));
    view.delayed = recovery_delays(call.read(), viewer, call.visitor.session, call.now());
    view.may_end_others = view.items.size() > 1 && !view.delayed;
    return respond(call, view, {.title = call.say("members.sessions"), .place = web::Place::you});
}

void refuse_while_delayed(Call const& call) {
    if (recovery_delays(call.read(), call.viewer(), call.visitor.session, call.now()))
        throw Refusal::conflict("members.recovery_waits");
}

Outcome act_end(Call& call) {
    auto const id = call.id();
    auto const own = session_by_id(call.read(), call.viewer(), call.visitor.session);
    bool const this_one = own && own->public_id == id;
    if (!this_one) refuse_while_delayed(call);
    return Outcome::deed([&call, id, this_one](database::Write& write) {
        if (!end_session(call.site, write, call.viewer().member, id)) throw Refusal::not_found();
        if (!this_one) return web::done(call, "/settings/sessions", "members.said_session_ended");
        auto answer = web::done(call, "/");
        clear_session_cookie(call.site, answer);
        return answer;
    });
}

Outcome act_end_others(Call& call) {
    refuse_while_delayed(call);
    return Outcome::deed([&call](database::Write& write) {
        end_all_but_this(call, write);
        void_links(write, call.viewer().member);
        return web::done(call, "/settings/sessions", "members.said_others_ended");
    });
}

}  // namespace

std::vector<web::Route> session_routes() {
    return {
        web::get<SessionsPage>(sessions_path, Access::member, show_sessions),
        before_agreement(
            web::post<web::NoFields>(end_path, Access::member, act_end, show_sessions)),
        before_agreement(web::post<web::NoFields>(end_others_path, Access::member, act_end_others,
                                                  show_sessions)),
    };
}

}  // namespace kith::members
