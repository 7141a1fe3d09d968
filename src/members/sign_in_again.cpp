#include "base/limits.hpp"
#include "members/member_mail.hpp"
#include "members/sign_in.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view again_path = "/sign-in/again";

Answer again_page(Call& call, bool link_sent) {
    auto const account = account_of(call.read(), call.viewer(), call.viewer().member);
    if (!account) throw Refusal::not_found();
    AgainPage view;
    view.password = {"", call.field(again_path, "password").mistake};
    view.has_password = account->password_hash.has_value();
    view.has_email = account->email_confirmed_at.has_value();
    view.link_sent = link_sent;
    view.then = call.then_path("");
    view.carried = carried_fields(call);
    web::Head head{.title = call.say("members.again")};
    head.alone = true;
    return respond(call, view, std::move(head));
}

Answer show_again(Call& call) { return again_page(call, false); }

Outcome act_again(Call& call) {
    auto const form = web::read_form<AgainForm>(call.form);
    web::Mistakes mistakes;
    mistakes.required("password", form.password);
    mistakes.throw_if_any();
    auto account = account_of(call.read(), call.viewer(), call.viewer().member);
    if (!account) throw Refusal::not_found();
    auto const counted = count_try(call, call.visitor.member_id.text());
    return Outcome::slow(web::Pool::passwords,
                         [&call, form, counted, account = *std::move(account)] {
                             if (!matching_account({account}, form.password))
                                 throw Refusal::mistakes({{"password", "members.wrong_password"}});
                             forgive_try(call, counted);
                             return Outcome::deed([&call](database::Write& write) -> Answer {
                                 authenticated_again(write, call.visitor.session, call.now());
                                 LentWrite const lent(call, write);
                                 if (!call.wants_json)
                                     if (auto resumed = web::resume(call))
                                         return *std::move(resumed);
                                 return web::done(call, call.then_path());
                             });
                         });
}

Outcome act_again_link(Call& call) {
    auto const account = account_of(call.read(), call.viewer(), call.viewer().member);
    if (!account || !account->email_confirmed_at)
        throw Refusal::conflict("members.no_email_for_link");
    call.site.rates.require("sign-in link", call.visitor.member_id.text(),
                            limits::sign_in_tries_max, limits::sign_in_tries_time);
    return Outcome::deed([&call, account = *account](database::Write& write) -> Answer {
        mail_link(call.site, write, account, LinkPurpose::sign_in, *account.email);
        if (carries(call)) {
            LentWrite const lent(call, write);
            return again_page(call, true);
        }
        return web::done(call, "/sign-in/again", "members.said_link_sent");
    });
}

}  // namespace

std::vector<web::Route> again_routes() {
    return {
        web::get<AgainPage>(again_path, Access::member, show_again),
        before_agreement(web::post<AgainForm>(again_path, Access::member, act_again, show_again)),
        before_agreement(web::post<web::NoFields>("/sign-in/again/link", Access::member,
                                                  act_again_link, show_again)),
    };
}

}  // namespace kith::members
