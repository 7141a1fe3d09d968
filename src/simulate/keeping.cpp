// What stewards do about harm in the open, and keepers in their circle.
#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

constexpr double steward_acts = 0.8;
constexpr double keeper_acts = 0.5;

void look(World const&, Agent const&, int, std::vector<Look>&) {}

Deed put_aside(World const& world, std::size_t words) {
    Deed deed;
    deed.kind = "put aside";
    deed.path = "/comments/" + world.said(words).comment + "/hold";
    deed.body = boost::json::object();
    deed.part = Part::care;
    deed.once = true;
    deed.decision = "put aside " + name_of(world, words);
    deed.done = [words](World& in, Agent&, boost::json::value const&) {
        in.said(words).put_aside = true;
    };
    return deed;
}

Deed take_out(World const& world, CirclePlace const& circle, std::size_t other) {
    Deed deed;
    deed.kind = "take out of circle";
    deed.path = circle.url + "/members/" + world.agents.at(other).id + "/remove";
    deed.body = {{"reason", "Words that hurt, which our agreement names."}};
    deed.part = Part::care;
    deed.once = true;
    deed.decision = "take out " + std::to_string(other);
    deed.done = [other](World& in, Agent&, boost::json::value const&) {
        in.agents.at(other).in_circle = false;
        in.agents.at(other).taken_out = true;
    };
    return deed;
}

void wish(World const& world, Agent const& agent, Chance& chance, std::vector<Deed>& deeds) {
    bool const steward = agent.person.kind == Kind::steward;
    std::set<std::size_t> taken;
    for (auto const words : agent.harm) {
        auto const& said = world.said(words);
        bool const acts = chance.happens(said.where == Where::commons ? steward_acts : keeper_acts);
        if (!acts) continue;
        if (said.where == Where::commons && steward) deeds.push_back(put_aside(world, words));
        if (said.where != Where::circle) continue;
        auto const& circle = world.circles.at(said.circle);
        bool const there = world.agents.at(said.author).in_circle;
        bool const keeps = circle.keeper == agent.person.number;
        if (keeps && there && taken.insert(said.author).second)
            deeds.push_back(take_out(world, circle, said.author));
    }
}

}  // namespace

Capability keeping_capability() { return {"keeping", look, wish}; }

}  // namespace kith::simulate
