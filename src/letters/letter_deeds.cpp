#include "bonds/bonds.hpp"
#include "bonds/consents_store.hpp"
#include "bonds/pace.hpp"
#include "letters/delivery.hpp"
#include "letters/letters_views.hpp"
#include "letters/limits.hpp"
#include "letters/sealed.hpp"
#include "web/live_subscription.hpp"
#include "web/respond.hpp"

namespace kith::letters {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

void require(bool fine) {
    if (!fine) throw Refusal::malformed();
}

SendForm sent_form(Call const& call) {
    auto form = web::read_form<SendForm>(call.form);
    if (form.sealed.size() > limits::sealed_characters_max ||
        form.picture.size() > limits::picture_characters_max)
        throw Refusal::too_large();
    require(is_for_two(form.sealed));
    require(form.picture.empty() || is_for_two(form.picture));
    require(form.sequence > 0 && form.sequence <= limits::sequence_max);
    return form;
}

/// Refuses what can't be sent. Closed is one answer, for whatever reason it is so.
void require_sendable(Call const& call, database::Write& write, ConversationRow const& row,
                      SendForm const& form) {
    if (!row.open) throw Refusal::conflict("letters.closed");
    auto const step = bonds::effective_step(write, call.viewer(), row.other);
    if (!form.picture.empty() && step < bonds::Step::near)
        throw Refusal::conflict("letters.pictures_come_at_near");
    auto const own = own_keys(write, call.viewer());
    auto const key = key_of(write, call.viewer(), row.other);
    if (!own || own->recipient != form.own_recipient || !key || key->recipient != form.recipient)
        throw Refusal::conflict("letters.key_changed");
    if (form.sequence <= last_sequence(write, call.viewer(), row.id))
        throw Refusal::conflict("letters.number_is_taken");
}

NewLetter letter_from(Call const& call, database::Write& write, ConversationRow const& row,
                      SendForm const& form) {
    NewLetter letter;
    letter.public_id = PublicId::make(call.site.random);
    letter.conversation = row.id;
    letter.receiver = row.other;
    letter.sequence = form.sequence;
    letter.sealed = form.sealed;
    if (!form.picture.empty()) letter.picture = form.picture;
    letter.written_at = call.now();
    letter.unsend_until = bonds::unsend_until(write, call.viewer(), call.now());
    letter.deliver_at = bonds::delivered_at(write, call.viewer(), row.other, call.now());
    return letter;
}

std::optional<std::string> once_key_of(Call const& call, SendForm const& form) {
    if (form.idempotency_key.empty()) return std::nullopt;
    return call.site.seal.hash("letters once", form.idempotency_key);
}

LetterRow own_letter(Call const& call, database::Read& read, ConversationRow const& row) {
    auto const id = PublicId::parse(call.parameter("letter"));
    auto letter = find_letter(read, call.viewer(), row.id, id.value_or(PublicId()));
    if (!letter || !letter->own) throw Refusal::not_found();
    return *std::move(letter);
}

}  // namespace

Outcome act_begin(Call& call) {
    auto const form = web::read_form<BeginForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const person = find_person(write, call.viewer(), form.to);
        if (!person) throw Refusal::not_found();
        begin_conversation(write, call.viewer(), person->member, PublicId::make(call.site.random),
                           call.now());
        return web::done(call,
                         url_of(conversation_with(write, call.viewer(), person->member).value()));
    });
}

Outcome act_send(Call& call) {
    auto const form = sent_form(call);
    if (!form.picture.empty())
        call.site.rates.require("letters.picture", call.actor(), limits::pictures_sent_max,
                                limits::pictures_sent_time);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const row = own_conversation(call, write);
        auto const once_key = once_key_of(call, form);
        if (once_key && sent_under(write, call.viewer(), *once_key))
            return web::done(call, url_of(row.public_id));
        require_sendable(call, write, row, form);
        auto letter = letter_from(call, write, row, form);
        letter.once_key = once_key;
        add_letter(write, call.viewer(), letter);
        queue_delivery(write, letter.public_id, letter.deliver_at);
        return web::done(call, url_of(row.public_id));
    });
}

Outcome act_take_back(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const row = own_conversation(call, write);
        auto const letter = own_letter(call, write, row);
        if (!take_back(write, call.viewer(), letter.id, call.now()))
            throw Refusal::conflict("letters.too_late");
        return web::done(call, url_of(row.public_id));
    });
}

Outcome act_read(Call& call) {
    auto const form = web::read_form<ReadForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const row = own_conversation(call, write);
        auto const last = find_letter(write, call.viewer(), row.id, form.last);
        if (!last || last->own) throw Refusal::not_found();
        // What came after it wasn't seen, and is told of as before.
        if (mark_read(write, call.viewer(), row.id, *last, call.now()))
            web::untell(write, call.site, letter_came,
                        about_letters(row.public_id, call.viewer().member));
        return web::done(call, url_of(row.public_id));
    });
}

Outcome act_receipts(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const row = own_conversation(call, write);
        auto const step = bonds::effective_step(write, call.viewer(), row.other);
        if (!row.open) throw Refusal::conflict("letters.closed");
        if (step < bonds::Step::near) throw Refusal::conflict("letters.receipts_come_at_near");
        bonds::give_consent(write, call.viewer(), row.other, bonds::Consent::receipts, "",
                            call.now());
        return web::done(call, url_of(row.public_id));
    });
}

Outcome act_no_receipts(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const row = own_conversation(call, write);
        bonds::take_consent_back(write, call.viewer(), row.other, bonds::Consent::receipts);
        return web::done(call, url_of(row.public_id));
    });
}

Answer show_live(Call& call) {
    auto const row = own_conversation(call, call.read());
    if (bonds::effective_step(call.read(), call.viewer(), row.other) < bonds::Step::near ||
        !row.open)
        throw Refusal::not_found();
    auto subscription = call.site.live.subscribe(call.viewer(), {topic_of(row.public_id)});
    // A session that ended since this call was recognised ended no stream that wasn't there yet.
    auto const now = call.site.database.read([&](database::Read& read) {
        return call.site.hooks.recognise(call.site, read, call.request, call.now());
    });
    if (now.viewer != call.viewer()) subscription->end();
    Answer answer;
    answer.headers.emplace_back("content-type", "text/event-stream");
    answer.stream = web::EventStream{std::move(subscription), {}};
    return answer;
}

}  // namespace kith::letters
