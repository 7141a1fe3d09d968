#include "base/email.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "members/member_mail.hpp"
#include "members/sign_in.hpp"
#include "members/sign_in_events.hpp"
#include "members/sign_in_links.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view ask_path = "/sign-in/link";
constexpr std::string_view use_path = "/sign-in/link/{token}";
constexpr std::string_view confirm_path = "/sign-in/email/{token}";

enum class Asked { now, again, sent };  // for the first time, after a link that ended, already

Answer ask_page(Call& call, Asked asked, unsigned status) {
    AskLinkPage view;
    view.email = call.field(ask_path, "email");
    view.link_ended = asked == Asked::again;
    view.link_sent = asked == Asked::sent;
    view.carried = carried_fields(call);
    web::Head head{.title = call.say("members.link")};
    head.alone = true;
    head.status = status;
    return respond(call, view, std::move(head));
}

Answer show_ask(Call& call) { return ask_page(call, Asked::now, 200); }

/// The same answer, and the same writing, whether the address belongs to anybody or not.
Outcome act_ask(Call& call) {
    if (not_asked_yet(call, "email")) return show_ask(call);
    auto const form = web::read_form<AskLinkForm>(call.form);
    auto const email = lower_ascii(trim(form.email));
    web::Mistakes mistakes;
    mistakes.require(valid_email(email), "email", "members.email_mistake");
    mistakes.throw_if_any();
    auto& rates = call.site.rates;
    rates.require("sign-in link network", call.actor(), limits::sign_in_tries_network_max,
                  limits::sign_in_tries_network_time);
    rates.require("sign-in link", call.site.seal.short_hash("email", email),
                  limits::sign_in_tries_max, limits::sign_in_tries_time);
    return Outcome::deed([&call, email](database::Write& write) -> Answer {
        auto const account = account_for_link(write, Viewer::server(), email);
        if (account) {
            mail_link(call.site, write, *account, LinkPurpose::sign_in, email);
        } else {
            mail_link_to_nobody(call.site, write);
        }
        if (!carries(call)) return web::done(call, "/sign-in", "members.said_link_sent");
        LentWrite const lent(call, write);
        return ask_page(call, Asked::sent, 200);
    });
}

Answer use_page(Call& call, LinkPurpose purpose) {
    auto const& token = call.parameter("token");
    if (!find_link(call.site, call.read(), token, purpose))
        return ask_page(call, Asked::again, 404);
    UseLinkPage view;
    view.action = call.path;
    view.confirms_email = purpose == LinkPurpose::confirm_email;
    view.own_device = device_of(call) == Device::own;
    web::Head head{.title = call.say("members.sign_in")};
    head.alone = true;
    return respond(call, view, std::move(head));
}

Answer show_use(Call& call) { return use_page(call, LinkPurpose::sign_in); }
Answer show_confirm(Call& call) { return use_page(call, LinkPurpose::confirm_email); }

/// A used link proves its address too.
void prove_email(Call& call, database::Write& write, Account const& account,
                 std::string const& email) {
    if (account.email != email || account.email_confirmed_at) return;
    if (!set_confirmed_email(write, account.id, email, call.now()))
        throw Refusal::conflict("members.email_taken");
}

Outcome act_use(Call& call) {
    auto const visitor = call.visitor;
    return Outcome::deed([&call, visitor](database::Write& write) -> Answer {
        auto const link = use_link(call.site, write, call.parameter("token"), LinkPurpose::sign_in);
        if (!link) throw Refusal::conflict("members.link_ended");
        auto const account = account_of(write, Viewer::server(), link->member);
        if (link->email) prove_email(call, write, *account, *link->email);
        if (visitor.viewer.is(link->member)) {
            authenticated_again(write, visitor.session, call.now());
            return web::done(call, call.then_path());
        }
        ComingIn const coming{link->member, Way::link, device_of(call), visitor.session};
        return come_in(call, write, coming, call.then_path());
    });
}

/// Makes the address that the link proves the account's own; the old one is told.
Outcome act_confirm(Call& call) {
    auto const session = call.visitor.session;
    return Outcome::deed([&call, session](database::Write& write) {
        auto const link =
            use_link(call.site, write, call.parameter("token"), LinkPurpose::confirm_email);
        if (!link || !link->email) throw Refusal::conflict("members.link_ended");
        auto const account = account_of(write, Viewer::server(), link->member);
        bool const changes = account->email_confirmed_at && account->email != *link->email;
        if (changes) note_event(call.site, write, *account, SignInEvent::email_changed, session);
        if (!set_confirmed_email(write, link->member, *link->email, call.now()))
            throw Refusal::conflict("members.email_taken");
        return web::done(call, session ? "/settings/sign-in" : "/sign-in",
                         "members.said_email_confirmed");
    });
}

}  // namespace

std::vector<web::Route> sign_in_link_routes() {
    return {
        web::get<AskLinkPage>(ask_path, Access::anyone, show_ask),
        before_agreement(web::post<AskLinkForm>(ask_path, Access::anyone, act_ask, show_ask)),
        web::get<UseLinkPage>(use_path, Access::anyone, show_use),
        before_agreement(web::post<UseLinkForm>(use_path, Access::anyone, act_use, show_use)),
        web::get<UseLinkPage>(confirm_path, Access::anyone, show_confirm),
        before_agreement(
            web::post<web::NoFields>(confirm_path, Access::anyone, act_confirm, show_confirm)),
    };
}

}  // namespace kith::members
