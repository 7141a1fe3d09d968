#include "notify/mail_routes.hpp"

#include "database/jobs.hpp"
#include "notify/mail_jobs.hpp"
#include "notify/mail_store.hpp"
#include "notify/mail_views.hpp"
#include "web/respond.hpp"

namespace kith::notify {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::NoFields;
using web::Outcome;

Answer show_mail(Call& call) {
    MailPage view;
    view.server_set = !call.site.settings.mail.url.empty();
    for (auto const& mail : unsent_mail(call.read(), call.viewer()))
        view.mails.push_back({mail.public_id, mail.kind, covered(mail.recipient),
                              mail.state == MailState::dead, mail.attempts, mail.last_error,
                              mail.queued_at});
    web::Head head{.title = call.say("notify.mail_title")};
    head.place = web::Place::host;
    return respond(call, view, std::move(head));
}

MailRow dead_mail(database::Read& read, Call const& call) {
    auto mail = find_mail(read, call.viewer(), call.id());
    if (!mail || mail->state != MailState::dead || mail->recipient.empty())
        throw Refusal::not_found();
    return *std::move(mail);
}

Outcome act_retry(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const mail = dead_mail(write, call);
        revive_mail(write, mail.id);
        database::enqueue(write, std::string(send_mail_job), std::to_string(mail.id.value),
                          call.now());
        return done(call, "/host/mail", "notify.said_retried");
    });
}

Outcome act_forget(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto mail = find_mail(write, call.viewer(), call.id());
        if (!mail || mail->state != MailState::dead) throw Refusal::not_found();
        mail->forget_address = true;
        settle_mail(write, *mail, MailState::sent, "given up", call.now());
        return done(call, "/host/mail", "notify.said_given_up");
    });
}

}  // namespace

std::string covered(std::string const& address) {
    auto const at = address.find('@');
    if (at == std::string::npos || at == 0) return "…";
    return address.substr(0, 1) + "…" + address.substr(at);
}

std::vector<web::Route> mail_routes() {
    return {
        web::get<MailPage>("/host/mail", Access::host, show_mail),
        web::post<NoFields>("/host/mail/{id}/retry", Access::host, act_retry, show_mail),
        web::post<NoFields>("/host/mail/{id}/forget", Access::host, act_forget, show_mail),
    };
}

}  // namespace kith::notify
