#include "members/sign_in.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view sign_in_path = "/sign-in";

Answer show_sign_in(Call& call) {
    if (call.viewer().signed_in() && !call.failure) return web::done(call, call.then_path());
    SignInPage view;
    view.name = call.field(sign_in_path, "name");
    view.password = {"", call.field(sign_in_path, "password").mistake};
    view.own_device = device_of(call) == Device::own;
    view.then = call.then_path("");
    view.carried = carried_fields(call);
    view.carries = !view.carried.empty();
    view.session_ended = call.visitor.session_ended;
    view.join_policy = community(call.read()).join_policy;
    web::Head head{.title = call.say("members.sign_in")};
    head.alone = true;
    return respond(call, view, std::move(head));
}

Outcome act_sign_in(Call& call) {
    auto const form = web::read_form<SignInForm>(call.form);
    web::Mistakes mistakes;
    mistakes.required("name", form.name);
    mistakes.required("password", form.password);
    mistakes.throw_if_any();
    auto accounts = accounts_called(call.read(), Viewer::server(), trim(form.name));
    auto const counted = count_try(call, form.name, accounts);
    auto const previous = call.visitor.session;
    return Outcome::slow(
        web::Pool::passwords, [&call, form, counted, previous, accounts = std::move(accounts)] {
            auto const account = matching_account(accounts, form.password);
            if (!account) throw Refusal::mistakes({{"password", "members.wrong_sign_in"}});
            forgive_try(call, counted);
            ComingIn const coming{account->id, Way::password, device_of(call), previous};
            return Outcome::deed([&call, coming](database::Write& write) {
                return come_in(call, write, coming, call.then_path());
            });
        });
}

/// For who has come in by another tab meanwhile; whoever hasn't is asked for sign-in once more.
Outcome act_carry_on(Call& call) {
    if (!call.wants_json)
        if (auto resumed = web::resume(call)) return *std::move(resumed);
    return web::done(call, "/");
}

Outcome act_sign_out(Call& call) {
    auto const session = call.visitor.session;
    return Outcome::deed([&call, session](database::Write& write) {
        if (session) end_session(call.site, write, session);
        auto answer = web::done(call, "/");
        clear_session_cookie(call.site, answer);
        answer.headers.emplace_back("clear-site-data", "\"cache\", \"storage\"");
        return answer;
    });
}

}  // namespace

std::vector<web::Route> sign_in_routes() {
    return {
        web::get<SignInPage>(sign_in_path, Access::anyone, show_sign_in),
        before_agreement(
            web::post<SignInForm>(sign_in_path, Access::anyone, act_sign_in, show_sign_in)),
        before_agreement(
            web::post<web::NoFields>("/sign-in/carry-on", Access::member, act_carry_on)),
        before_agreement(web::post<web::NoFields>("/sign-out", Access::anyone, act_sign_out)),
    };
}

}  // namespace kith::members
