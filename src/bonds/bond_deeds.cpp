#include "bonds/bond_call.hpp"
#include "bonds/bond_views.hpp"
#include "bonds/limits.hpp"
#include "bonds/telling.hpp"
#include "database/jobs.hpp"
#include "distance/bond_place.hpp"
#include "web/respond.hpp"

namespace kith::bonds {
namespace {

using web::Access;
using web::Call;
using web::Outcome;

Outcome act_offer(Call& call) {
    auto const form = web::read_form<StepForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const other = asked_other(call, write);
        auto const received = received_offer(write, call.viewer(), other, call.now());
        auto const known = known_as(call, write, other, received);
        bool const in_reach = known.visible || other.between >= Step::same_circle;
        auto const next = next_step(other.own, other.between, in_reach, call.now());
        // Pressed twice, it is offered once.
        if (next.step == form.step && next.before == Before::offered)
            return web::done(call, bond_url(call), "bonds.said_offered");
        if (next.step != form.step || next.before != Before::nothing)
            throw Refusal::conflict("bonds.not_now");
        auto const today =
            offers_since(write, call.viewer(), call.now() - limits::offers_counted_time);
        if (today >= static_cast<std::int64_t>(limits::offers_a_day_max))
            throw Refusal::conflict("bonds.offers_full");
        make_offer(write, call.viewer(), other.member, form.step, known.name, call.now());
        // Whether the other is told is for a job to find out: this deed costs the same for all.
        database::enqueue(write, std::string(tell_offer_job),
                          offer_payload(call.viewer().member, call.id()), call.now());
        return web::done(call, bond_url(call), "bonds.said_offered");
    });
}

Outcome act_take_back(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const other = asked_other(call, write);
        take_offer_back(write, call.viewer(), other.member);
        web::untell(write, call.site, offered_notice,
                    about_offer(call.viewer().member, other.member));
        return web::done(call, bond_url(call), "bonds.said_taken_back");
    });
}

Outcome act_accept(Call& call) {
    auto const form = web::read_form<StepForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const other = asked_other(call, write);
        auto const received = received_offer(write, call.viewer(), other, call.now());
        auto const known = known_as(call, write, other, received);
        bool const good = received && received->step == form.step &&
                          !wait_for(other.own, received->step, call.now());
        if (!good) throw Refusal::conflict("bonds.not_now");
        accept_offer(write, call.viewer(), other.member, form.step, known.name, call.now());
        web::untell(write, call.site, offered_notice,
                    about_offer(other.member, call.viewer().member));
        web::Notice notice;
        notice.to = other.member;
        notice.kind = accepted_notice;
        notice.url = "/members/" + call.visitor.member_id.text() + "/bond";
        notice.about = "accepted " + call.visitor.member_id.text();
        notice.from = call.viewer().member;
        notice.place = distance::bond_place(call.viewer().member, other.member);
        web::tell(write, call.site, std::move(notice));
        return web::done(call, bond_url(call), "bonds.said_accepted");
    });
}

Outcome act_not_yet(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const other = asked_other(call, write);
        ignore_offer(write, call.viewer(), other.member);
        web::untell(write, call.site, offered_notice,
                    about_offer(other.member, call.viewer().member));
        return web::done(call, "/bonds", "bonds.said_not_yet");
    });
}

Outcome act_step_back(Call& call) {
    auto const form = web::read_form<StepForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const other = asked_other(call, write);
        step_back(write, call.viewer(), other.member, form.step, call.now());
        for (auto const& about : {about_offer(other.member, call.viewer().member),
                                  about_offer(call.viewer().member, other.member)})
            web::untell(write, call.site, offered_notice, about);
        if (form.step < Step::hello)
            web::forget_told(write, call.site,
                             distance::bond_place(call.viewer().member, other.member),
                             other.member);
        return web::done(call, bond_url(call), "bonds.said_back");
    });
}

ConsentForm checked_consent(Call& call) {
    auto form = web::read_form<ConsentForm>(call.form);
    form.words = web::trimmed(form.words);
    if (form.kind == Consent::care) form.words.clear();
    web::Mistakes mistakes;
    if (form.kind == Consent::contact)
        mistakes.required("words", form.words)
            .max("words", form.words, limits::contact_characters_max);
    mistakes.throw_if_any();
    return form;
}

Outcome act_consent(Call& call) {
    return Outcome::deed([&call, form = checked_consent(call)](database::Write& write) {
        auto const other = asked_other(call, write);
        if (other.between < step_of(form.kind)) throw Refusal::conflict("bonds.not_now");
        give_consent(write, call.viewer(), other.member, form.kind, form.words, call.now());
        return web::done(call, bond_url(call), "bonds.said_consent");
    });
}

Outcome act_consent_back(Call& call) {
    auto const form = web::read_form<ConsentForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        take_consent_back(write, call.viewer(), asked_other(call, write).member, form.kind);
        return web::done(call, bond_url(call), "bonds.said_consent_back");
    });
}

constexpr web::Rate rate{limits::deeds_max, limits::deeds_time};

template <class Form>
web::Route reaching(std::string_view pattern, web::Act act) {
    return limited(web::post<Form>(pattern, Access::member, act, show_bond), rate);
}

/// What only takes back waits for no agreement.
template <class Form>
web::Route back(std::string_view pattern, web::Act act) {
    return before_agreement(limited(web::post<Form>(pattern, Access::member, act), rate));
}

}  // namespace

std::vector<web::Route> bond_deed_routes() {
    return {
        reaching<StepForm>("/members/{id}/bond/offer", act_offer),
        reaching<StepForm>("/members/{id}/bond/accept", act_accept),
        reaching<ConsentForm>("/members/{id}/bond/consent", act_consent),
        back<KnownForm>("/members/{id}/bond/take-back", act_take_back),
        back<KnownForm>("/members/{id}/bond/not-yet", act_not_yet),
        back<StepForm>("/members/{id}/bond/step-back", act_step_back),
        back<ConsentForm>("/members/{id}/bond/consent/take-back", act_consent_back),
    };
}

}  // namespace kith::bonds
