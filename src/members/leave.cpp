#include "members/leave.hpp"

#include <future>
#include <memory>

#include "base/limits.hpp"
#include "members/known_devices.hpp"
#include "members/sessions.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

Answer show_leave(Call& call) {
    LeavePage const view{call.site.settings.exit_url};
    return respond(call, view, {.title = call.say("members.leave")});
}

/// Ends the session of `token` as soon as the database can, and waits a moment for it. Leaving
/// itself never fails: a full disk or a busy database must not keep anyone on the page.
void end_now(Call& call, std::string_view token) {
    auto const ended = std::make_shared<std::promise<void>>();
    auto deed = [&site = call.site, token = std::string(token)](database::Write& write) {
        end_session_of(site, write, token);
    };
    try {
        call.site.database.write(std::move(deed),
                                 [ended](std::exception_ptr const&) { ended->set_value(); });
        ended->get_future().wait_for(limits::leave_wait_max);
    } catch (std::exception const&) {
        // The queue is full, or there is no database. The cookie goes all the same.
    }
}

Outcome act_leave(Call& call) {
    auto const token = web::cookie(call.site, call.request, session_cookie);
    if (!token.empty()) end_now(call, token);
    Answer answer = web::done(call, call.site.settings.exit_url);
    // A changed cookie drops the page from the browser's back-forward cache.
    clear_session_cookie(call.site, answer);
    web::set_cookie(call.site, answer, known_device_cookie, "", std::chrono::seconds(0));
    answer.headers.emplace_back("clear-site-data", "\"cache\", \"cookies\", \"storage\"");
    return answer;
}

}  // namespace

std::vector<web::Route> leave_routes() {
    return {
        web::get<LeavePage>("/leave", Access::anyone, show_leave),
        // Nothing is read before it: whoever must go can't wait for a database.
        before_database(web::post<web::NoFields>("/leave", Access::anyone, act_leave)),
    };
}

}  // namespace kith::members
