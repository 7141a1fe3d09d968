#include "bonds/telling.hpp"

#include <charconv>

#include "bonds/bond_call.hpp"
#include "bonds/pace.hpp"
#include "bonds/wishes_store.hpp"
#include "database/jobs.hpp"
#include "distance/bond_place.hpp"
#include "members/members.hpp"
#include "web/site.hpp"

namespace kith::bonds {
namespace {

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Whether hello is open between the two of a note. A rest closes nothing here: the note is in the
/// short list of what was missed.
bool is_open(database::Read& read, DueHello const& due) {
    Viewer const reader{due.recipient, Role::member};
    auto pair = find_pair(read, reader, due.sender);
    pair.dial = dial_of(read, reader);
    pair.other_dial = dial_of(read, {due.sender, Role::member});
    return least_step(pair) >= Step::hello;
}

}  // namespace

std::string offer_payload(Id<Member> from, PublicId const& to) {
    return std::to_string(from.value) + " " + to.text();
}

void tell_of_offer(web::Site& site, std::string const& payload) {
    Id<Member> const from{number_in(payload)};
    auto const space = std::min(payload.find(' '), payload.size() - 1);
    auto const to = PublicId::parse(std::string_view(payload).substr(space + 1));
    if (!to) return;
    site.database.write_now([&](database::Write& write) {
        auto const sender = members::member_by_id(write, Viewer::server(), from);
        auto const receiver = members::find_member(write, Viewer::server(), *to);
        if (!sender || !receiver) return;
        Viewer const reader{receiver->id, receiver->role};
        auto other = find_other(write, reader, sender->public_id);
        if (!other) return;
        // Whoever rests sees it when they are back: it is in the short list of what was missed.
        auto pair = find_pair(write, reader, from);
        pair.dial = dial_of(write, reader);
        other->own.dial = pair.dial;
        other->between = least_step(pair);
        if (!received_offer(write, reader, *other, site.now())) return;
        web::Notice notice;
        notice.to = receiver->id;
        notice.kind = offered_notice;
        notice.url = "/members/" + sender->public_id.text() + "/bond";
        notice.about = about_offer(from, receiver->id);
        notice.from = from;
        notice.place = distance::bond_place(from, receiver->id);
        web::tell(write, site, std::move(notice));
    });
}

void deliver_hello(web::Site& site, std::string const& payload) {
    site.database.write_now([&](database::Write& write) {
        auto const due = due_hello(write, Viewer::server(), {number_in(payload)});
        if (!due) return;
        auto const at = held_until(write, due->recipient, site.now());
        if (at > site.now())
            return database::enqueue(write, std::string(deliver_hello_job), payload, at);
        bool const open = is_open(write, *due);
        settle_hello(write, due->id, open);
        if (!open) return;
        web::Notice notice;
        notice.to = due->recipient;
        notice.kind = hello_notice;
        notice.url = "/members/" + due->sender_id.text() + "/bond";
        notice.about = due->public_id.text();
        notice.from = due->sender;
        notice.place = distance::bond_place(due->sender, due->recipient);
        web::tell(write, site, std::move(notice));
    });
}

std::vector<web::NoticeKind> bonds_notices() {
    return {{offered_notice}, {accepted_notice}, {hello_notice}};
}

}  // namespace kith::bonds
