#include "bonds/bond_call.hpp"
#include "bonds/bond_views.hpp"
#include "bonds/hello_store.hpp"
#include "bonds/limits.hpp"
#include "bonds/wishes_store.hpp"
#include "distance/distance_link.hpp"
#include "members/house_links.hpp"
#include "web/respond.hpp"

namespace kith::bonds {
namespace {

using web::Access;
using web::Answer;
using web::Call;

constexpr Step ladder[] = {Step::hello, Step::letters, Step::near, Step::kin};

std::vector<Rung> rungs_of(Call const& call, Other const& other) {
    std::vector<Rung> rungs;
    for (auto const step : ladder) {
        if (step > other.own.ceiling) break;
        bool const next = other.between < Step::kin && step == step_after(other.between);
        rungs.push_back(
            {step, step_title(call, step), step_unlocks(call, step), other.between >= step, next});
    }
    return rungs;
}

std::optional<OfferPart> offer_of(Call const& call, Other const& other,
                                  std::optional<ReceivedOffer> const& received) {
    if (!received) return std::nullopt;
    return OfferPart{received->step, step_title(call, received->step),
                     received->at + limits::offer_time,
                     wait_for(other.own, received->step, call.now())};
}

/// From the lowest: nothing at all is always one of them.
std::vector<BackPart> back_of(Call const& call, Other const& other) {
    if (other.own.given < Step::hello) return {};
    std::vector<BackPart> back{{Step::apart, call.say("bonds.back_all")}};
    for (auto const step : ladder)
        if (step < other.own.given)
            back.push_back({step, call.say("bonds.back_to", {{"step", step_title(call, step)}})});
    return back;
}

std::optional<HelloPart> hello_of(Call& call, Other const& other) {
    auto const last = last_hello(call.read(), call.viewer(), other.member);
    auto const notes = hellos_with(call.read(), call.viewer(), other.member);
    if (other.between < Step::hello) return std::nullopt;
    HelloPart hello;
    hello.words = call.field("/members/{id}/bond/hello", "words");
    if (last && last->at + limits::hello_time > call.now())
        hello.again_at = last->at + limits::hello_time;
    for (auto const& note : notes) {
        NotePart part{note.id, note.words, note.at, note.mine, note.unsend_until};
        if (part.unsend_until && *part.unsend_until <= call.now()) part.unsend_until.reset();
        hello.notes.push_back(std::move(part));
    }
    hello.notes_any = !hello.notes.empty();
    return hello;
}

std::optional<ConsentsPart> consents_of(Call& call, Other const& other) {
    auto const given = consents_given(call.read(), call.viewer(), other.member);
    auto const held = consents_held(call.read(), call.viewer(), other.member, other.between);
    if (other.between < Step::near && given.empty()) return std::nullopt;
    ConsentsPart part;
    part.near = other.between >= Step::near;
    part.kin = other.between >= Step::kin;
    std::string words;
    for (auto const& consent : given) {
        if (consent.kind == Consent::care) part.care_given = true;
        if (consent.kind == Consent::contact) {
            part.contact_given = true;
            words = consent.words;
        }
    }
    for (auto const& consent : held) {
        if (consent.kind == Consent::care) part.care_held = true;
        if (consent.kind == Consent::contact) part.contact_held = consent.words;
    }
    part.contact = call.field("/members/{id}/bond/consent", "words", std::move(words));
    return part;
}

std::vector<PersonLine> lines_of(Call const& call, std::vector<BondLine> rows,
                                 std::string_view word) {
    std::vector<PersonLine> lines;
    for (auto& row : rows) {
        auto line = call.say(word, {{"step", step_title(call, row.step)}});
        auto distance = distance::distance_url(call, row.id, row.name, "/bonds");
        lines.push_back({row.id, std::move(row.name), "/members/" + row.id.text() + "/bond",
                         row.step, std::move(line), std::move(distance)});
    }
    return lines;
}

Answer show_bonds(Call& call) {
    BondsPage view;
    bool const resting = rest_of(call.read(), call.viewer()).has_value();
    view.dial = dial_of(call.read(), call.viewer());
    if (resting) view.dial = Openness::resting;
    view.dial_words = call.say("bonds.dial_now", {{"dial", dial_title(call, view.dial)}});
    view.received =
        lines_of(call, offers_to(call.read(), call.viewer(), call.now()), "bonds.line_received");
    view.received_any = !view.received.empty();
    view.bonds = lines_of(call, bonds_of(call.read(), call.viewer()), "bonds.line_now");
    view.made =
        lines_of(call, offers_by(call.read(), call.viewer(), call.now()), "bonds.line_made");
    view.made_any = !view.made.empty();
    return web::respond(call, view, {.title = call.say("bonds.title"), .place = web::Place::you});
}

}  // namespace

Answer show_bond(Call& call) {
    auto const other = asked_other(call, call.read());
    auto const received = received_offer(call.read(), call.viewer(), other, call.now());
    auto const known = known_as(call, call.read(), other, received);
    BondPage view;
    if (!known.name.empty()) view.name = known.name;
    view.url = "/members/" + call.id().text() + "/bond";
    if (known.visible) view.page_url = "/members/" + call.id().text();
    view.distance_url = "/members/" + call.id().text() + "/distance?then=%2Fbonds";
    view.known = known_mark(call);
    if (!view.known.empty()) view.distance_url += "&known=" + web::url_encode(view.known);
    view.between = other.between;
    if (other.between >= Step::letters && members::has_page(call.site, "/letters/new"))
        view.letters_url = "/letters/new?to=" + call.id().text();
    view.between_words = step_unlocks(call, other.between);
    view.rungs = rungs_of(call, other);
    view.offer = offer_of(call, other, received);
    bool const in_reach = known.visible || other.between >= Step::same_circle;
    auto const next = next_step(other.own, other.between, in_reach, call.now());
    if (next.before != Before::top && !view.offer)
        view.next =
            NextPart{next.step, step_title(call, next.step), next.before, next.from, next.until};
    view.back = back_of(call, other);
    view.back_any = !view.back.empty();
    view.hello = hello_of(call, other);
    view.consents = consents_of(call, other);
    view.resting = rest_of(call.read(), call.viewer()).has_value();
    return web::respond(call, view,
                        {.title = call.say("bonds.bond_title"), .place = web::Place::people});
}

std::vector<web::Route> bond_routes() {
    return {
        web::get<BondsPage>("/bonds", Access::member, show_bonds),
        web::get<BondPage>("/members/{id}/bond", Access::member, show_bond),
    };
}

}  // namespace kith::bonds
