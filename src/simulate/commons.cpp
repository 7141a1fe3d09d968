// The open place that every member reads: comments under one essay.
#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

void see(World& world, Agent& agent, boost::json::value const& page) {
    see_comments(world, agent, page);
    agent.commons_before = page_before(page);
}

/// The newest page, and the pages before it as long as they read.
void look(World const& world, Agent const& agent, int step, std::vector<Look>& looks) {
    if (step == 0) {
        looks.push_back({"essay", world.commons.url + "?comments=newest", see});
    } else if (!agent.commons_before.empty()) {
        looks.push_back({"essay, earlier comments", agent.commons_before, see});
    }
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
