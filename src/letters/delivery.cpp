#include "letters/delivery.hpp"

#include "bonds/bonds.hpp"
#include "bonds/pace.hpp"
#include "database/jobs.hpp"
#include "distance/bond_place.hpp"
#include "letters/limits.hpp"
#include "letters/letters_views.hpp"
#include "web/notice.hpp"

namespace kith::letters {
namespace {

void tell_live(web::Site& site, WaitingLetter const& letter) {
    // Nothing of the letter is in it: the page asks for what is new.
    auto const id = letter.public_id.text();
    web::LiveMessage message{
        id, std::make_shared<std::string const>("id: " + id + "\nevent: letter\ndata: new\n\n")};
    site.live.publish(
        topic_of(letter.conversation), std::move(message),
        [receiver = letter.receiver](Viewer const& listener) { return listener.is(receiver); });
}

void deliver(web::Site& site, database::Write& write, WaitingLetter const& letter, bonds::Step step,
             Time now) {
    note_delivered(write, letter.id, now);
    web::Notice notice;
    notice.to = letter.receiver;
    notice.kind = letter_came;
    notice.url = url_of(letter.conversation);
    notice.about = about_letters(letter.conversation, letter.receiver);
    notice.from = letter.sender;
    notice.place = distance::bond_place(letter.sender, letter.receiver);
    web::tell(write, site, std::move(notice));
    if (step >= bonds::Step::near) write.after_commit([&site, letter] { tell_live(site, letter); });
}

void deliver_in_time(web::Site& site, database::Write& write, WaitingLetter const& letter,
                     Time now) {
    auto const at = bonds::held_until(write, letter.receiver, std::max(letter.deliver_at, now));
    if (at > now) return queue_delivery(write, letter.public_id, at);
    auto const step = bonds::effective_step(write, {letter.sender, Role::member}, letter.receiver);
    if (step >= bonds::Step::letters) return deliver(site, write, letter, step, now);
    // Closed meanwhile: it reaches nobody, unless the conversation opens again soon.
    if (now - letter.deliver_at < limits::delivery_age_max)
        queue_delivery(write, letter.public_id, now + limits::delivery_retry);
}

}  // namespace

std::string topic_of(PublicId const& conversation) { return "letters/" + conversation.text(); }

std::string about_letters(PublicId const& conversation, Id<Member> reader) {
    return conversation.text() + " " + std::to_string(reader.value);
}

void queue_delivery(database::Write& write, PublicId const& letter, Time at) {
    database::enqueue(write, std::string(deliver_job), letter.text(), at);
}

void deliver_queued(web::Site& site, std::string const& letter) {
    auto const id = PublicId::parse(letter);
    if (!id) return;
    site.database.write_now([&](database::Write& write) {
        if (auto const waiting = waiting_letter(write, Viewer::server(), *id))
            deliver_in_time(site, write, *waiting, site.now());
    });
}

}  // namespace kith::letters
