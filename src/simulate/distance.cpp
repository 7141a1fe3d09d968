// Keeping distance from whoever hurt them, and muting whoever hurts others.
#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

constexpr double after_harm_at_them = 0.7;
constexpr double after_harm_at_others = 0.25;

void look(World const&, Agent const&, int, std::vector<Look>&) {}

bool was_at(World const& world, Agent const& agent, std::size_t words) {
    auto const& answers = world.said(words).answers;
    return answers && world.said(*answers).author == agent.person.number;
}

Deed away_from(World const& world, std::size_t other, bool keeps_distance) {
    Deed deed;
    deed.kind = keeps_distance ? "keep distance" : "mute";
    deed.path = "/members/" + world.agents.at(other).id + (keeps_distance ? "/distance" : "/mute");
    deed.body = {{"then", "/"}};
    deed.part = Part::distance;
    deed.decision = deed.kind + ": " + std::to_string(other);
    deed.done = [other, keeps_distance](World&, Agent& who, boost::json::value const&) {
        (keeps_distance ? who.apart : who.muted).insert(other);
    };
    return deed;
}

void wish(World const& world, Agent const& agent, Chance& chance, std::vector<Deed>& deeds) {
    std::set<std::size_t> left;
    for (auto const words : agent.harm) {
        auto const other = world.said(words).author;
        bool const at_them = was_at(world, agent, words);
        bool const goes = chance.happens(at_them ? after_harm_at_them : after_harm_at_others);
        if (!goes || agent.apart.contains(other) || left.contains(other)) continue;
        if (!at_them && agent.muted.contains(other)) continue;
        left.insert(other);
        deeds.push_back(away_from(world, other, at_them));
    }
}

}  // namespace

Capability distance_capability() { return {"distance", look, wish}; }

}  // namespace kith::simulate
