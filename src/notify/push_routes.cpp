#include "notify/push_routes.hpp"

#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "notify/push_crypto.hpp"
#include "notify/push_send.hpp"
#include "notify/push_store.hpp"
#include "web/respond.hpp"

namespace kith::notify {
namespace {

using namespace std::chrono_literals;
using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view settings_path = "/settings/notices";

/// Only a device of one's own: on a shared one the next person would see the words.
void require_own_device(Call const& call) {
    if (!call.visitor.own_device) throw Refusal::conflict("notify.push_own_device");
}

Outcome act_subscribe(Call& call) {
    auto const form = web::read_form<PushForm>(call.form);
    require_own_device(call);
    auto const reach =
        call.site.settings.push_to_loopback ? PushReach::loopback : PushReach::internet;
    auto const p256dh = from_base64url(form.p256dh);
    auto const auth = from_base64url(form.auth);
    web::Mistakes mistakes;
    mistakes.require(is_push_endpoint(form.endpoint, reach), "endpoint", "notify.push_mistake");
    mistakes.require(p256dh && is_public_key(*p256dh), "p256dh", "notify.push_mistake");
    mistakes.require(auth && auth->size() == 16, "auth", "notify.push_mistake");
    mistakes.throw_if_any();
    return Outcome::deed([&call, form](database::Write& write) {
        keep_subscription(write, {call.viewer().member, call.visitor.session, form.endpoint,
                                  form.p256dh, form.auth, call.now()});
        return web::done(call, std::string(settings_path), "notify.said_push_on");
    });
}

Outcome act_end(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        end_subscriptions(write, call.visitor.session);
        return web::done(call, std::string(settings_path), "notify.said_push_off");
    });
}

/// Of one name for ever, so that a browser finds its next version; its scope is the whole site.
Answer show_worker(Call& call) {
    for (auto const& file : call.site.static_files)
        if (file.name == "push-worker.js") {
            auto answer = web::raw(std::string(file.type), std::string(file.bytes));
            answer.headers.emplace_back("cache-control", "no-cache");
            return answer;
        }
    throw Refusal::not_found();
}

}  // namespace

std::vector<web::Route> push_routes() {
    return {
        web::get_raw("/push-worker.js", Access::anyone, show_worker),
        web::limited(web::before_agreement(web::post<PushForm>("/settings/notices/device",
                                                               Access::member, act_subscribe)),
                     {30, 1h}),
        web::before_agreement(
            web::post<web::NoFields>("/settings/notices/device/end", Access::member, act_end)),
    };
}

}  // namespace kith::notify
