#include "members/sign_in_settings.hpp"

#include "base/email.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "members/community.hpp"
#include "members/member_mail.hpp"
#include "members/password.hpp"
#include "members/recovery.hpp"
#include "members/sign_in_events.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view settings_path = "/settings/sign-in";
constexpr std::string_view password_path = "/settings/sign-in/password";
constexpr std::string_view email_path = "/settings/sign-in/email";
constexpr std::string_view codes_path = "/settings/sign-in/codes";

bool delayed(Call const& call) {
    return recovery_delays(call.read(), call.viewer(), call.visitor.session, call.now());
}

Account own_account(Call const& call, database::Read& read) {
    auto account = account_of(read, call.viewer(), call.viewer().member);
    if (!account) throw Refusal::not_found();
    return *std::move(account);
}

Answer show_settings(Call& call) {
    auto const account = own_account(call, call.read());
    SignInSettingsPage view;
    view.has_password = account.password_hash.has_value();
    view.sign_in_name = account.public_id.text();
    view.password = {"", call.field(password_path, "password").mistake};
    view.email = call.field(email_path, "email", account.email.value_or(""));
    view.email_confirmed = account.email_confirmed_at.has_value();
    view.codes_left = recovery_codes_left(call.read(), call.viewer());
    view.fresh = call.now() - call.visitor.authenticated_at <= limits::reauthentication_age_max;
    view.delayed = delayed(call);
    view.again_url = "/sign-in/again?then=" + web::url_encode(settings_path);
    return respond(call, view, {.title = call.say("members.settings"), .place = web::Place::you});
}

/// Keeps the new password. Other sessions end, unless this one came by a recovery code: then they
/// stay, so that whoever owns the account can take it back.
Outcome act_password(Call& call) {
    auto const form = web::read_form<PasswordForm>(call.form);
    auto const account = own_account(call, call.read());
    PasswordContext const context{
        {account.name, account.email.value_or(""), community(call.read()).name}};
    if (auto const wrong = password_mistake(form.password, context))
        throw Refusal::mistakes({{"password", *wrong}});
    bool const keeps_others = delayed(call);
    return Outcome::slow(web::Pool::passwords, [&call, keeps_others, password = form.password] {
        return Outcome::deed(
            [&call, keeps_others, hash = hash_password(password)](database::Write& write) {
                auto const account = own_account(call, write);
                set_password(write, account.id, hash);
                void_links(write, account.id);
                if (!keeps_others) end_all_but_this(call, write);
                note_event(call.site, write, account, SignInEvent::password_changed,
                           call.visitor.session);
                return web::done(call, "/settings/sign-in", "members.said_password_changed");
            });
    });
}

/// Removing the address must leave another way in.
Answer remove_email(Call& call, database::Write& write) {
    auto const account = own_account(call, write);
    if (!account.password_hash && recovery_codes_left(write, call.viewer()) == 0)
        throw Refusal::mistakes({{"email", "members.email_needed"}});
    note_event(call.site, write, account, SignInEvent::email_changed, call.visitor.session);
    (void)set_confirmed_email(write, account.id, std::nullopt, call.now());
    return web::done(call, "/settings/sign-in", "members.said_email_removed");
}

/// The new address counts once its link was used.
Outcome act_email(Call& call) {
    auto const form = web::read_form<EmailForm>(call.form);
    auto const email = lower_ascii(trim(form.email));
    web::Mistakes mistakes;
    mistakes.require(email.empty() || valid_email(email), "email", "members.email_mistake");
    mistakes.throw_if_any();
    if (delayed(call)) throw Refusal::conflict("members.recovery_waits");
    call.site.rates.require("sign-in link", call.visitor.member_id.text(),
                            limits::sign_in_tries_max, limits::sign_in_tries_time);
    return Outcome::deed([&call, email](database::Write& write) {
        if (email.empty()) return remove_email(call, write);
        mail_link(call.site, write, own_account(call, write), LinkPurpose::confirm_email, email);
        return web::done(call, "/settings/sign-in", "members.said_confirm_sent");
    });
}

Outcome act_codes(Call& call) {
    if (delayed(call)) throw Refusal::conflict("members.recovery_waits");
    return Outcome::deed([&call](database::Write& write) {
        auto const account = own_account(call, write);
        auto codes = make_recovery_codes(call.site, write, account.id);
        note_event(call.site, write, account, SignInEvent::codes_made, call.visitor.session);
        return show_recovery_codes(call, write, std::move(codes), false);
    });
}

web::Route fresh(web::Route route) { return before_agreement(freshly_signed_in(route)); }

}  // namespace

std::vector<web::Route> sign_in_settings_routes() {
    return {
        web::get<SignInSettingsPage>(settings_path, Access::member, show_settings),
        fresh(web::post<PasswordForm>(password_path, Access::member, act_password, show_settings)),
        fresh(web::post<EmailForm>(email_path, Access::member, act_email, show_settings)),
        fresh(web::post<web::NoFields>(codes_path, Access::member, act_codes, show_settings)),
    };
}

}  // namespace kith::members
