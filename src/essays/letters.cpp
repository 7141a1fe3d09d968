#include "base/limits.hpp"
#include "distance/distance_link.hpp"
#include "essays/reach_out.hpp"
#include "essays/reach_out_views.hpp"
#include "essays/writing.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

std::string url_of(ReachOutRow const& reach_out) {
    return "/reach-outs/" + reach_out.public_id.text();
}

ReachOutRow own_reach_out(Call const& call, database::Read& read) {
    auto reach_out = find_reach_out(read, call.viewer(), call.id());
    if (!reach_out) throw Refusal::not_found();
    return *std::move(reach_out);
}

/// Who it is with; without a name it is a letter of a day.
std::string line_of(Call const& call, ReachOutRow const& row) {
    if (row.other_name.empty()) return call.say("essays.letter_of", {{"at", row.written_at}});
    auto const* key = !row.to_viewer       ? "essays.letter_to"
                      : row.other_is_guest ? "essays.letter_from_guest"
                                           : "essays.letter_from";
    return call.say(key, {{"name", row.other_name}});
}

std::vector<LetterView> letter_views(Call const& call, ReachOutRow const& row) {
    // A closed exchange can't be opened, as the other would see that; it is read unnoticed.
    bool const closed = row.state == LetterState::closed;
    std::vector<LetterView> views;
    for (auto& letter : letters_of(call.read(), call.viewer(), row)) {
        LetterView view;
        view.own = letter.by_recipient == row.to_viewer;
        view.at = letter.written_at;
        bool const read = row.read_at && letter.written_at <= *row.read_at;
        view.sealed = row.to_viewer && !view.own && !read;
        if (!view.sealed || closed) view.html.text = std::move(letter.html);
        views.push_back(std::move(view));
    }
    return views;
}

void add_acts(Call const& call, ReachOutRow const& row, std::string const& url, LetterPage& view) {
    if (row.state == LetterState::waiting_for_email) {
        view.confirm_url = url + "/confirm";
        return;
    }
    // Alike for whatever reason: nobody shall find out which by an act that is offered.
    if (row.state == LetterState::closed) return;
    bool const sealed = std::ranges::any_of(view.letters, &LetterView::sealed);
    if (sealed) view.read_url = url + "/read";
    view.close_url = url + "/close";
    if (sealed) return;
    view.answer_url = url + "/answer";
    view.body = call.field(call.route->pattern, "body");
    view.idempotency_key = call.once_key(call.route->pattern);
}

}  // namespace

Answer show_exchange(Call& call, ReachOutRow const& row, std::string const& url) {
    LetterPage view;
    view.heading = line_of(call, row);
    if (!call.parameters.contains("token")) view.list_url = "/reach-outs";
    if (row.other_id) view.other_url = "/members/" + row.other_id->text();
    if (row.member_id)
        view.distance_url =
            distance::distance_url(call, *row.member_id, row.other_name, "/reach-outs");
    view.to_you = row.to_viewer;
    view.state = row.state;
    view.written_at = row.written_at;
    view.read_at = row.read_at.value_or(Time{});
    view.answered = row.state == LetterState::answered;
    view.letters = letter_views(call, row);
    add_acts(call, row, url, view);
    view.seen_by = call.say("essays.letter_seen_by_two");
    return web::respond(call, view, {.title = call.say("essays.letters")});
}

Answer show_letter(Call& call) {
    auto const row = own_reach_out(call, call.read());
    return show_exchange(call, row, url_of(row));
}

Answer show_reach_outs(Call& call) {
    ReachOutsPage view;
    for (auto const& row : list_reach_outs(call.read(), call.viewer())) {
        ReachOutItem item;
        item.url = url_of(row);
        item.line = line_of(call, row);
        item.state = row.state;
        item.changed_at = row.changed_at;
        item.waits_for_you =
            row.to_viewer && (row.state == LetterState::received || row.state == LetterState::read);
        (row.to_viewer ? view.to_you : view.yours).push_back(std::move(item));
    }
    view.to_you_any = !view.to_you.empty();
    view.settings_url = "/settings/reach-out";
    return web::respond(call, view, {.title = call.say("essays.letters")});
}

FurtherLetter further_letter(Call const& call, WrittenBy by) {
    auto const form = web::read_form<LetterForm>(call.form);
    web::Mistakes mistakes;
    mistakes.required("body", form.body).max_bytes("body", form.body, limits::post_bytes_max);
    mistakes.throw_if_any();
    return {by, letter_words(form.body), kept_key(call.site, form.idempotency_key)};
}

void add_further_letter(Call& call, database::Write& write, ReachOutRow const& row,
                        FurtherLetter const& letter) {
    auto const before = letters_of(write, call.viewer(), row).size();
    if (!insert_letter(write, row.id, letter.by, letter.words, call.now(), letter.idempotency_key))
        return;
    if (row.state == LetterState::closed || row.state == LetterState::waiting_for_email)
        throw Refusal::conflict("essays.letter_is_closed");
    if (before >= limits::reach_out_letters_max) throw Refusal::conflict("essays.letters_are_many");
    if (letter.by == WrittenBy::sender) {
        change_state(write, row.id, LetterState::received, call.now());
        return tell_of_letter(call, write, {row.recipient, row.public_id, row.sender});
    }
    change_state(write, row.id, LetterState::answered, call.now());
    if (row.sender)
        return tell_of_letter(call, write, {*row.sender, row.public_id, row.recipient, true});
    if (row.guest_email)
        mail_guest_link(call, write, row.id, *row.guest_email, row.language, false);
}

Outcome act_read(Call& call) {
    auto const row = own_reach_out(call, call.read());
    if (!row.to_viewer) throw Refusal::not_found();
    return Outcome::deed([&call](database::Write& write) {
        auto const now_is = own_reach_out(call, write);
        // What was answered stays so; the moment of reading is noted all the same.
        if (now_is.state == LetterState::received)
            change_state(write, now_is.id, LetterState::read, call.now());
        else if (now_is.state != LetterState::closed)
            note_read(write, now_is.id, call.now());
        web::untell(write, call.site, letter_came, now_is.public_id.text());
        return web::done(call, url_of(now_is));
    });
}

Outcome act_answer(Call& call) {
    auto const row = own_reach_out(call, call.read());
    auto letter = further_letter(call, row.to_viewer ? WrittenBy::recipient : WrittenBy::sender);
    return Outcome::deed([&call, letter = std::move(letter)](database::Write& write) {
        auto const now_is = own_reach_out(call, write);
        add_further_letter(call, write, now_is, letter);
        return web::done(call, url_of(now_is), "essays.said_letter_sent");
    });
}

Outcome act_close(Call& call) {
    static_cast<void>(own_reach_out(call, call.read()));
    return Outcome::deed([&call](database::Write& write) {
        auto const now_is = own_reach_out(call, write);
        // Closed already as the two are apart: what was written now would show to the other.
        if (now_is.state != LetterState::closed)
            change_state(write, now_is.id, LetterState::closed, call.now());
        return web::done(call, url_of(now_is), "essays.said_letter_closed");
    });
}

void add_reach_out_cards(Call& call, std::vector<web::TodayCard>& cards) {
    auto const waiting = count_waiting(call.read(), call.viewer());
    if (waiting > 0) {
        web::TodayCard card;
        card.title = call.say("essays.today_letters");
        card.lines = {call.say("essays.today_letters_wait", {{"count", waiting}})};
        card.url = "/reach-outs";
        card.action = call.say("essays.today_open");
        cards.push_back(std::move(card));
    }
    auto const since = call.now() - limits::thanks_told_time;
    for (auto const& id : answered_since(call.read(), call.viewer(), since)) {
        web::TodayCard card;
        card.title = call.say("essays.today_answered");
        card.lines = {call.say("essays.today_answered_line")};
        card.url = "/reach-outs/" + id.text();
        card.action = call.say("essays.today_open");
        cards.push_back(std::move(card));
    }
}

}  // namespace kith::essays
