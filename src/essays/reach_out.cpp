#include "essays/reach_out.hpp"

#include "base/email.hpp"
#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "base/text.hpp"
#include "essays/essay_handlers.hpp"
#include "essays/reach_out_views.hpp"
#include "essays/writing.hpp"
#include "talk/talk.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;
using web::Outcome;
using namespace std::chrono_literals;

namespace {

constexpr unsigned letters_an_hour_max = 10;
constexpr unsigned guest_letters_an_hour_max = 5;

/// To whom the request's letter would go, and where it was asked.
struct Target {
    Recipient recipient;
    std::optional<Id<Essay>> essay;
    std::string url;
};

/// Whoever isn't there, can't be seen or takes no letters is not found, alike. A stranger who asks
/// for a guide is asked to sign in first, alike: after that there may be someone.
[[noreturn]] void refuse_target(Call const& call) {
    bool const by_essay = call.parameters.contains("slug");
    if (!by_essay && !call.viewer().signed_in()) throw Refusal::sign_in_first();
    throw Refusal::not_found();
}

Target target_of(Call const& call) {
    std::optional<Recipient> recipient;
    Target target;
    if (call.parameters.contains("slug")) {
        auto const essay = readable_essay(call);
        if (essay.state != EssayState::published) throw Refusal::not_found();
        recipient = find_author(call.read(), call.viewer(), essay.author);
        target.essay = essay.id;
        target.url = essay_url(essay.slug) + "/reach-out";
    } else {
        recipient = find_recipient(call.read(), call.viewer(), call.id());
        target.url = "/guides/" + call.parameter("id") + "/reach-out";
    }
    if (!recipient || call.viewer().is(recipient->id)) refuse_target(call);
    auto const offer = recipient->offer();
    bool const open = offer.takes_letters && (call.viewer().signed_in() || offer.takes_guests);
    if (!open) refuse_target(call);
    target.recipient = *std::move(recipient);
    return target;
}

void check(Call const& call, ReachOutForm const& form) {
    web::Mistakes mistakes;
    mistakes.required("body", form.body);
    mistakes.max_bytes("body", form.body, limits::post_bytes_max);
    if (!call.viewer().signed_in()) {
        mistakes.required("name", form.name);
        mistakes.max("name", form.name, limits::name_characters_max);
        mistakes.require(valid_email(web::trimmed(form.email)), "email",
                         "essays.letter_not_an_address");
    }
    mistakes.throw_if_any();
}

ReachOutToAdd letter_to_add(Call const& call, Target const& target, ReachOutForm const& form) {
    ReachOutToAdd add;
    add.public_id = PublicId::make(call.site.random);
    add.recipient = target.recipient.id;
    add.essay = target.essay;
    add.language = call.language;
    add.at = call.now();
    if (call.viewer().signed_in()) {
        add.sender = call.viewer().member;
        add.idempotency_key = kept_key(call.site, form.idempotency_key);
    } else {
        add.guest_name = web::trimmed(form.name);
        add.guest_email = web::trimmed(form.email);
        add.idempotency_key =
            kept_key(call.site, form.idempotency_key, lower_ascii(*add.guest_email));
        add.state = LetterState::waiting_for_email;
    }
    return add;
}

}  // namespace

Answer show_reach_out(Call& call) {
    auto const target = target_of(call);
    auto const& recipient = target.recipient;
    auto const offer = recipient.offer();
    auto const pattern = call.route->pattern;
    ReachOutPage view;
    view.name = recipient.name;
    view.heading = call.say("essays.reach_out_to", {{"name", recipient.name}});
    view.author = person_view(call, {recipient.public_id, recipient.name, recipient.role,
                                     recipient.has_avatar, recipient.listed, false});
    if (!offer.when_read.empty()) view.when_read = offer.when_read;
    view.answer_days = offer.answer_days;
    if (!offer.languages.empty()) view.languages = offer.languages;
    view.expect = paragraphs_of(offer.expect);
    view.post_url = target.url;
    view.idempotency_key = call.once_key(pattern);
    view.body = call.field(pattern, "body");
    view.guest_name = call.field(pattern, "name");
    view.email = call.field(pattern, "email");
    view.as_guest = !call.viewer().signed_in();
    view.sign_in_url = "/sign-in?then=" + web::url_encode(target.url);
    view.seen_by = call.say("essays.letter_seen_by", {{"name", recipient.name}});
    return web::respond(call, view, {.title = view.heading});
}

Outcome act_reach_out(Call& call) {
    talk::require_session_or_guest(call);
    auto const target = target_of(call);
    auto const form = web::read_form<ReachOutForm>(call.form);
    check(call, form);
    bool const member = call.viewer().signed_in();
    call.site.rates.require("reach_out", call.actor(),
                            member ? letters_an_hour_max : guest_letters_an_hour_max, 1h);
    auto const words = letter_words(form.body);
    return Outcome::deed([&call, target, form, words, member](database::Write& write) {
        auto const add = letter_to_add(call, target, form);
        // None when it was sent before with the same key: it is there, and nothing is told twice.
        auto const id = insert_reach_out(write, add);
        if (id) insert_letter(write, *id, WrittenBy::sender, words, call.now());
        if (!member) {
            if (id) mail_guest_link(call, write, *id, *add.guest_email, add.language, true);
            return talk::to_guest(call, web::done(call, target.url, "essays.said_letter_confirm"));
        }
        if (!id) return web::done(call, "/reach-outs", "essays.said_letter_sent");
        tell_of_letter(call, write, {target.recipient.id, add.public_id, add.sender});
        return web::done(call, "/reach-outs/" + add.public_id.text(), "essays.said_letter_sent");
    });
}

std::optional<std::string> reach_out_url(Call& call, PublicId const& member) {
    auto const recipient = find_recipient(call.read(), call.viewer(), member);
    if (!recipient || call.viewer().is(recipient->id)) return std::nullopt;
    if (!recipient->offer().takes_letters) return std::nullopt;
    return "/guides/" + member.text() + "/reach-out";
}

LetterWords letter_words(std::string_view body) {
    return {std::string(body), render_markdown(body, MarkdownKind::comment)};
}

void tell_of_letter(Call& call, database::Write& write, LetterNews const& news) {
    web::Notice notice;
    notice.to = news.to;
    notice.kind = news.answer ? letter_answered : letter_came;
    notice.url = "/reach-outs/" + news.reach_out.text();
    notice.arguments = {{"guest", news.from ? "no" : "yes"}};
    notice.about = news.reach_out.text();
    notice.from = news.from;
    web::tell(write, call.site, std::move(notice));
}

std::vector<web::NoticeKind> essays_notices() {
    return {{letter_came}, {letter_answered}, {thanks_came}, {thanks_arrived}};
}

void mail_guest_link(Call& call, database::Write& write, Id<ReachOut> reach_out,
                     std::string const& email, std::string_view language, bool to_confirm) {
    auto const token = make_token(call.site.random);
    insert_link(write, reach_out, call.site.seal.hash(reach_out_token_purpose, token),
                call.now() + limits::reach_out_link_age_max);
    auto const url = call.site.settings.public_url + "/reach-outs/link/" + token;
    auto const& words = call.site.words;
    web::OutgoingMail mail;
    mail.to = email;
    mail.subject = words.say(
        language, to_confirm ? "essays.confirm_mail_subject" : "essays.update_mail_subject");
    mail.text = words.say(language, to_confirm ? "essays.confirm_mail" : "essays.answer_mail",
                          {{"url", url}});
    mail.kind = to_confirm ? "reach_out_confirm" : "reach_out_answer";
    mail.forget_address = true;
    call.site.hooks.queue_mail(write, call.site, std::move(mail));
}

std::vector<std::string> paragraphs_of(std::string_view text) {
    std::vector<std::string> result;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = web::trimmed(text.substr(0, end));
        if (!line.empty()) result.push_back(std::move(line));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

}  // namespace kith::essays
