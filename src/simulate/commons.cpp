// The open place that every member reads: comments under one essay.
#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

void look(World const& world, Agent const&, int step, std::vector<Look>& looks) {
    if (step == 0) looks.push_back({"essay", world.commons.url + "?comments=newest", see_comments});
}

void wish(World const& world, Agent const& agent, Chance& chance, std::vector<Deed>& deeds) {
    // Who has a circle talks there as well.
    double const here = world.setting == Setting::forum ? 0.4 : 0.15;
    if (!chance.happens(here * agent.heart.trust) || withdrawn(agent.heart)) return;
    deeds.push_back(say(world, agent, commons_spot(world), Tone::light));
}

}  // namespace

Capability commons_capability() { return {"commons", look, wish}; }

}  // namespace kith::simulate
