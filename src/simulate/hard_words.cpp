// Saying what needs somebody: a conversation of one's circle, or words among all others.
#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

void look(World const&, Agent const&, int, std::vector<Look>&) {}

void begun(World& world, Agent& agent, boost::json::value const& json) {
    Said said;
    said.author = agent.person.number;
    said.tone = Tone::hard;
    said.where = Where::circle;
    said.circle = agent.person.circle;
    said.hour = world.hour;
    said.url = text_in(json, "location");
    said.answer_path = said.url + "/comments";
    world.ledger.add(std::move(said));
}

void wish(World const& world, Agent const& agent, Chance& chance, std::vector<Deed>& deeds) {
    // Whoever trusts little says little, however much they need it.
    bool const dares = chance.happens(agent.person.need * 2 * agent.heart.trust);
    if (!dares || !agent.said_hello || withdrawn(agent.heart)) return;
    if (world.setting == Setting::forum) {
        deeds.push_back(say(world, agent, commons_spot(world), Tone::hard));
        return;
    }
    if (!agent.in_circle) return;
    Deed deed;
    deed.kind = "begin conversation";
    deed.path = world.circles.at(agent.person.circle).url + "/conversations";
    deed.body = {{"title", "In the hour " + std::to_string(world.hour)},
                 {"body", body_of(world, agent, Tone::hard)},
                 {"asks_for", "listening"}};
    deed.is_words = true;
    deed.decision = "Something hard";
    deed.done = begun;
    deeds.push_back(std::move(deed));
}

}  // namespace

Capability hard_words_capability() { return {"hard words", look, wish}; }

}  // namespace kith::simulate
