// A guest's side of an exchange: whoever has the link that went to their address is the guest.
#include "base/limits.hpp"
#include "essays/reach_out.hpp"
#include "essays/reach_out_views.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

ReachOutRow by_link(Call const& call, database::Read& read) {
    auto const hash = call.site.seal.hash(reach_out_token_purpose, call.parameter("token"));
    auto reach_out = find_by_link(read, call.viewer(), hash, call.now());
    if (!reach_out) throw Refusal::not_found();
    return *std::move(reach_out);
}

std::string link_url(Call const& call) { return "/reach-outs/link/" + call.parameter("token"); }

}  // namespace

Answer show_guest_letter(Call& call) {
    return show_exchange(call, by_link(call, call.read()), link_url(call));
}

Outcome act_guest_confirm(Call& call) {
    static_cast<void>(by_link(call, call.read()));
    return Outcome::deed([&call](database::Write& write) {
        auto const now_is = by_link(call, write);
        if (now_is.state == LetterState::closed) throw Refusal::conflict("essays.letter_is_closed");
        if (now_is.state == LetterState::waiting_for_email) {
            change_state(write, now_is.id, LetterState::received, call.now());
            tell_of_letter(call, write, {now_is.recipient, now_is.public_id});
        }
        return web::done(call, link_url(call), "essays.said_letter_sent");
    });
}

Outcome act_guest_answer(Call& call) {
    static_cast<void>(by_link(call, call.read()));
    auto letter = further_letter(call, WrittenBy::sender);
    return Outcome::deed([&call, letter = std::move(letter)](database::Write& write) {
        add_further_letter(call, write, by_link(call, write), letter);
        return web::done(call, link_url(call), "essays.said_letter_sent");
    });
}

Outcome act_guest_close(Call& call) {
    static_cast<void>(by_link(call, call.read()));
    return Outcome::deed([&call](database::Write& write) {
        auto const now_is = by_link(call, write);
        if (now_is.state != LetterState::closed)
            change_state(write, now_is.id, LetterState::closed, call.now());
        return web::done(call, link_url(call), "essays.said_letter_closed");
    });
}

}  // namespace kith::essays
