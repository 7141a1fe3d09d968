#include "base/limits.hpp"
#include "essays/reach_out.hpp"
#include "essays/reach_out_views.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

constexpr std::string_view offer_pattern = "/settings/reach-out";
constexpr std::int64_t answer_days_max = 60;

}  // namespace

Answer show_offer(Call& call) {
    auto const offer = effective_offer(call.viewer().role, own_offer(call.read(), call.viewer()));
    OfferPage view;
    bool const failed = call.failed(offer_pattern);
    view.takes_letters = failed ? call.form.find("takes_letters") != nullptr : offer.takes_letters;
    view.takes_guests = failed ? call.form.find("takes_guests") != nullptr : offer.takes_guests;
    view.when_read = call.field(offer_pattern, "when_read", offer.when_read);
    view.answer_days = call.field(offer_pattern, "answer_days",
                                  offer.answer_days > 0 ? std::to_string(offer.answer_days) : "");
    view.languages = call.field(offer_pattern, "languages", offer.languages);
    view.expect = call.field(offer_pattern, "expect", offer.expect);
    view.seen_by = call.say("essays.offer_seen_by");
    return web::respond(call, view, {.title = call.say("essays.offer"), .place = web::Place::you});
}

Outcome act_offer(Call& call) {
    auto const offer = web::read_form<Offer>(call.form);
    web::Mistakes mistakes;
    mistakes.max("when_read", offer.when_read, limits::content_note_characters_max);
    mistakes.max("languages", offer.languages, limits::content_note_characters_max);
    mistakes.max("expect", offer.expect, limits::offer_characters_max);
    bool const days_fit = offer.answer_days >= 0 && offer.answer_days <= answer_days_max;
    mistakes.require(days_fit, "answer_days", "essays.offer_days_range");
    mistakes.throw_if_any();
    return Outcome::deed([&call, offer](database::Write& write) {
        keep_offer(write, call.viewer().member, offer, call.now());
        return web::done(call, std::string(offer_pattern), "essays.said_offer_saved");
    });
}

}  // namespace kith::essays
