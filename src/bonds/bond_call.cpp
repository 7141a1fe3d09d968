#include "bonds/bond_call.hpp"

#include "distance/distance_link.hpp"
#include "members/members.hpp"

namespace kith::bonds {
namespace {

std::string word_of(Step step) {
    switch (step) {
        case Step::apart: return "apart";
        case Step::same_circle: return "same_circle";
        case Step::hello: return "hello";
        case Step::letters: return "letters";
        case Step::near: return "near";
        case Step::kin: break;
    }
    return "kin";
}

}  // namespace

Other asked_other(web::Call const& call, database::Read& read) {
    auto other = find_other(read, call.viewer(), call.id());
    if (!other) throw Refusal::not_found();
    return *std::move(other);
}

std::string known_mark(web::Call const& call) {
    auto const* value = call.form.find("known");
    if (!value) value = call.query.find("known");
    return value ? *value : std::string();
}

Known known_as(web::Call const& call, database::Read& read, Other const& other,
               std::optional<ReceivedOffer> const& offer) {
    auto const linked = distance::known_name(call, call.id(), known_mark(call));
    auto const seen = members::find_member(read, call.viewer(), call.id());
    Known known;
    known.visible = seen.has_value();
    known.name = other.known_as;
    if (offer) known.name = offer->name;
    if (seen) known.name = seen->name;
    if (linked) known.name = *linked;
    return known;
}

std::string bond_url(web::Call const& call) {
    auto url = "/members/" + call.id().text() + "/bond";
    if (auto const known = known_mark(call); !known.empty())
        url += "?known=" + web::url_encode(known);
    return url;
}

std::string step_title(web::Call const& call, Step step) {
    return call.say("bonds.step_" + word_of(step));
}

std::string step_unlocks(web::Call const& call, Step step) {
    return call.say("bonds.unlocks_" + word_of(step));
}

std::string dial_title(web::Call const& call, Openness dial) {
    switch (dial) {
        case Openness::resting: return call.say("bonds.dial_resting");
        case Openness::circles: return call.say("bonds.dial_circles");
        case Openness::letters: return call.say("bonds.dial_letters");
        case Openness::open: break;
    }
    return call.say("bonds.dial_open");
}

std::string about_offer(Id<Member> from, Id<Member> to) {
    return "offer " + std::to_string(from.value) + " " + std::to_string(to.value);
}

}  // namespace kith::bonds
