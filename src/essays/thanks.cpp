#include "essays/thanks.hpp"

#include "base/email.hpp"
#include "base/limits.hpp"
#include "distance/distance_link.hpp"
#include "essays/essay_handlers.hpp"
#include "essays/reach_out.hpp"
#include "essays/thanks_store.hpp"
#include "essays/thanks_views.hpp"
#include "essays/writing.hpp"
#include "members/members.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;
using web::Outcome;
using namespace std::chrono_literals;

namespace {

constexpr unsigned thanks_a_day_max = 10;
constexpr std::string_view token_purpose = "thanks";

/// Whom the words of the field "to" mean.
struct Address {
    bool is_mail = false;
    std::optional<PublicId> member;
    std::string words;
};

Address address_of(std::string_view typed) {
    Address address{.is_mail = false, .member = {}, .words = web::trimmed(typed)};
    address.is_mail = valid_email(address.words);
    // A member's page is a good way to say whom: names need not be unique.
    auto const slash = address.words.rfind('/');
    auto const last = slash == std::string::npos ? address.words : address.words.substr(slash + 1);
    if (!address.is_mail) address.member = PublicId::parse(last);
    return address;
}

void check(ThanksForm const& form, Address const& address, EssayRow const& essay) {
    web::Mistakes mistakes;
    mistakes.required("to", form.to).max("to", form.to, limits::email_bytes_max);
    mistakes.required("note", form.note);
    mistakes.max("note", form.note, limits::thanks_note_characters_max);
    bool const looks_like_mail = address.words.find('@') != std::string::npos;
    mistakes.require(!looks_like_mail || address.is_mail, "to", "essays.thanks_not_an_address");
    mistakes.require(!address.is_mail || essay.audience == EssayAudience::anyone, "to",
                     "essays.thanks_members_only");
    mistakes.throw_if_any();
}

/// The member meant, if the sender may see them. Two of the same name can't be told apart.
std::optional<Id<Member>> receiver_of(database::Read& read, Viewer const& viewer,
                                      Address const& address) {
    if (address.member) {
        auto const member = members::find_member(read, viewer, *address.member);
        if (!member || member->state != members::MemberState::active) return std::nullopt;
        return member->id;
    }
    auto const found = members_called(read, viewer, address.words);
    if (found.size() > 1) {
        web::Mistakes mistakes;
        mistakes.add("to", "essays.thanks_two_names").throw_if_any();
    }
    return found.empty() ? std::nullopt : std::optional(found.front());
}

void queue_neutral_mail(Call& call, database::Write& write, std::string const& to,
                        std::string const& token) {
    auto const url = call.site.settings.public_url + "/thanks/" + token;
    web::OutgoingMail mail;
    mail.to = to;
    mail.subject = call.say("essays.thanks_mail_subject");
    mail.text = call.say("essays.thanks_mail", {{"url", url}});
    mail.kind = "thanks";
    mail.forget_address = true;
    call.site.hooks.queue_mail(write, call.site, std::move(mail));
}

void tell_of_thanks(Call& call, database::Write& write, std::string_view kind, Id<Member> to,
                    PublicId const& thanks, std::optional<Id<Member>> from) {
    web::Notice notice;
    notice.to = to;
    notice.kind = kind;
    notice.url = "/thanks/" + thanks.text();
    notice.about = thanks.text();
    notice.from = from;
    web::tell(write, call.site, std::move(notice));
}

Answer keep(Call& call, database::Write& write, ThanksForm const& form, Address const& address,
            EssayRow const& essay) {
    ThanksToAdd thanks;
    thanks.public_id = PublicId::make(call.site.random);
    thanks.essay = essay.id;
    thanks.sender = call.viewer().member;
    thanks.by_mail = address.is_mail;
    thanks.note = web::trimmed(form.note);
    thanks.idempotency_key = kept_key(call.site, form.idempotency_key);
    thanks.sent_at = call.now();
    auto const token = make_token(call.site.random);
    if (address.is_mail) {
        thanks.token_hash = call.site.seal.hash(token_purpose, token);
        thanks.expires_at = call.now() + limits::thanks_age_max;
    } else {
        thanks.receiver = receiver_of(write, call.viewer(), address);
        // An essay by someone apart from them isn't there for them: nor is a note about it.
        Viewer const receiver{thanks.receiver.value_or(Id<Member>{}), Role::member};
        if (is_apart_from_author(write, receiver, essay.id)) thanks.receiver.reset();
        thanks.to_name = address.words;
    }
    bool const is_new = insert_thanks(write, thanks);
    if (is_new && address.is_mail) queue_neutral_mail(call, write, address.words, token);
    if (is_new && thanks.receiver)
        tell_of_thanks(call, write, thanks_came, *thanks.receiver, thanks.public_id, thanks.sender);
    return web::done(call, essay_url(essay.slug) + "#thanks", "essays.said_thanks_sent");
}

/// A note, and what it is called in this request's address.
struct Found {
    ThanksRow thanks;
    bool as_sender = false;
};

Found found_thanks(Call const& call, database::Read& read) {
    auto const& token = call.parameter("token");
    auto const id = PublicId::parse(token);
    auto thanks = id ? find_thanks(read, call.viewer(), *id)
                     : find_thanks_by_link(read, call.viewer(),
                                           call.site.seal.hash(token_purpose, token), call.now());
    if (!thanks) throw Refusal::not_found();
    bool const as_sender = id && !thanks->to_viewer;
    return {*std::move(thanks), as_sender};
}

std::optional<ThanksEssay> essay_of(Call const& call, ThanksRow const& thanks) {
    auto essay = find_essay(call.read(), call.viewer(), thanks.essay_slug);
    if (!essay || essay->state != EssayState::published) return std::nullopt;
    ThanksEssay view;
    view.url = essay_url(essay->slug);
    view.title = essay->title;
    view.author_name = essay->author_name;
    view.summary = essay->summary;
    if (!essay->content_note.empty()) view.content_note = essay->content_note;
    view.body.text = std::move(essay->html);
    return view;
}

ThanksItem item_of(Call const& call, ThanksRow const& thanks) {
    ThanksItem item;
    item.url = "/thanks/" + thanks.public_id.text();
    if (thanks.to_viewer) {
        item.line = call.say("essays.thanks_from", {{"name", thanks.sender_name}});
    } else if (thanks.by_mail) {
        item.line = call.say("essays.thanks_by_mail");
    } else if (thanks.to_name.empty()) {
        item.line = call.say("essays.thanks_to_someone");
    } else {
        item.line = call.say("essays.thanks_to", {{"name", thanks.to_name}});
    }
    item.essay_title = thanks.essay_title;
    item.sent_at = thanks.sent_at;
    item.received = thanks.received_at.has_value();
    return item;
}

std::optional<std::string> distance_from_sender(Call const& call, ThanksRow const& thanks) {
    if (!thanks.to_viewer || !call.viewer().signed_in()) return std::nullopt;
    auto const sender = members::account_of(call.read(), Viewer::server(), thanks.sender);
    if (!sender || sender->state != members::MemberState::active) return std::nullopt;
    return distance::distance_url(call, sender->public_id, thanks.sender_name, "/thanks");
}

}  // namespace

Outcome act_thanks(Call& call) {
    auto const essay = readable_essay(call);
    if (essay.state != EssayState::published) throw Refusal::not_found();
    auto const form = web::read_form<ThanksForm>(call.form);
    auto const address = address_of(form.to);
    check(form, address, essay);
    call.site.rates.require("thanks", call.actor(), thanks_a_day_max, 24h);
    return Outcome::deed([&call, form, address, essay](database::Write& write) {
        return keep(call, write, form, address, essay);
    });
}

Answer show_thanks(Call& call) {
    auto const [thanks, as_sender] = found_thanks(call, call.read());
    auto const url = "/thanks/" + call.parameter("token");
    ThanksPage view;
    view.as_sender = as_sender;
    view.heading = as_sender ? item_of(call, thanks).line
                             : call.say("essays.thanks_heading", {{"name", thanks.sender_name}});
    view.sender_name = thanks.sender_name;
    view.note = paragraphs_of(thanks.note);
    view.sent_at = thanks.sent_at;
    view.essay = essay_of(call, thanks);
    view.received = thanks.received_at.has_value();
    view.received_url = url + "/received";
    bool const is_on_today = call.viewer().signed_in() && PublicId::parse(call.parameter("token"));
    if (is_on_today && !thanks.put_away) view.put_away_url = url + "/put-away";
    view.distance_url = distance_from_sender(call, thanks);
    view.seen_by = call.say(as_sender ? "essays.thanks_seen_by_receiver" : "essays.thanks_seen_by");
    return web::respond(call, view, {.title = call.say("essays.thanks_title")});
}

Answer show_thanks_list(Call& call) {
    ThanksListPage view;
    for (auto const& thanks : list_thanks(call.read(), call.viewer(), limits::thanks_listed_max))
        (thanks.to_viewer ? view.to_you : view.sent).push_back(item_of(call, thanks));
    view.sent_any = !view.sent.empty();
    return web::respond(call, view, {.title = call.say("essays.thanks_list")});
}

Outcome act_received(Call& call) {
    auto const [thanks, as_sender] = found_thanks(call, call.read());
    if (as_sender) throw Refusal::not_found();
    return Outcome::deed([&call, note = thanks](database::Write& write) {
        mark_received(write, note.id, call.now());
        // Of a link that was mailed nobody knows whose hand it is in.
        bool const known = note.to_viewer && call.viewer().signed_in();
        auto const from = known ? std::optional(call.viewer().member) : std::nullopt;
        if (!note.received_at)
            tell_of_thanks(call, write, thanks_arrived, note.sender, note.public_id, from);
        web::untell(write, call.site, thanks_came, note.public_id.text());
        return web::done(call, "/thanks/" + call.parameter("token"), "essays.said_received");
    });
}

Outcome act_put_away(Call& call) {
    auto const [thanks, as_sender] = found_thanks(call, call.read());
    return Outcome::deed([&call, id = thanks.id](database::Write& write) {
        put_thanks_away(write, call.viewer(), id);
        return web::done(call, "/");
    });
}

void add_thanks_cards(Call& call, std::vector<web::TodayCard>& cards) {
    auto const since = call.now() - limits::thanks_told_time;
    for (auto const& thanks : thanks_for_today(call.read(), call.viewer(), since)) {
        web::TodayCard card;
        card.title = thanks.to_viewer ? call.say("essays.today_thanks")
                                      : call.say("essays.today_thanks_received");
        card.lines = {item_of(call, thanks).line, thanks.essay_title};
        card.url = "/thanks/" + thanks.public_id.text();
        card.action = call.say("essays.today_open");
        cards.push_back(std::move(card));
    }
}

}  // namespace kith::essays
