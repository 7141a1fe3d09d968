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

std::string kind_in_words(Call const& call, std::string const& kind) {
    auto const key = "notify.kind_" + kind;
    return call.say(call.site.words.has(key) ? std::string_view(key) : "notify.kind_other");
}

std::string error_in_words(Call const& call, std::string const& error) {
    if (error.empty()) return {};
    std::string_view constexpr answered = "answered ";
    if (error.starts_with(answered))
        return call.say("notify.error_answered", {{"code", error.substr(answered.size())}});
    if (error.starts_with("not a mail")) return call.say("notify.error_not_a_mail");
    return call.say("notify.error_unreachable");
}

MailLine line_of(Call const& call, MailRow const& mail) {
    MailLine line;
    line.id = mail.public_id;
    line.kind = mail.kind;
    line.what = kind_in_words(call, mail.kind);
    line.recipient = covered(mail.recipient);
    line.dead = mail.state == MailState::dead;
    line.may_retry = line.dead && !mail.recipient.empty();
    line.attempts = mail.attempts;
    line.last_error = mail.last_error;
    line.why = error_in_words(call, mail.last_error);
    line.queued_at = mail.queued_at;
    return line;
}

Answer show_mail(Call& call) {
    MailPage view;
    view.server_set = !call.site.settings.mail.url.empty();
    for (auto const& mail : unsent_mail(call.read(), call.viewer()))
        view.mails.push_back(line_of(call, mail));
    web::Head head{.title = call.say("notify.mail_title")};
    head.place = web::Place::host;
    return respond(call, view, std::move(head));
}

MailRow dead_mail(database::Read& read, Call const& call) {
    auto mail = find_mail(read, call.viewer(), call.id());
    if (!mail || mail->state != MailState::dead) throw Refusal::not_found();
    return *std::move(mail);
}

Outcome act_retry(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const mail = dead_mail(write, call);
        if (mail.recipient.empty()) throw Refusal::conflict("notify.address_forgotten");
        revive_mail(write, mail.id);
        database::enqueue(write, std::string(send_mail_job), std::to_string(mail.id.value),
                          call.now());
        return done(call, "/host/mail", "notify.said_retried");
    });
}

Outcome act_forget(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto mail = dead_mail(write, call);
        mail.forget_address = true;
        settle_mail(write, mail, MailState::sent, "given up", call.now());
        return done(call, "/host/mail", "notify.said_given_up");
    });
}

}  // namespace

std::string covered(std::string const& address) {
    if (address.empty()) return {};
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
