// Hurting others: words under words, wherever whoever does it may read.
#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

constexpr double at_a_visit = 0.5;

void look(World const&, Agent const&, int, std::vector<Look>&) {}

void wish(World const& world, Agent const& agent, Chance& chance, std::vector<Deed>& deeds) {
    if (agent.person.kind != Kind::harming || !chance.happens(at_a_visit)) return;
    std::vector<std::size_t> of_others;
    for (auto const words : agent.seen)
        if (world.said(words).tone != Tone::harmful) of_others.push_back(words);
    if (of_others.empty()) return;
    auto const words = of_others[chance.below(of_others.size())];
    deeds.push_back(answer(world, agent, words, Tone::harmful));
}

}  // namespace

Capability harming_capability() { return {"harming", look, wish}; }

}  // namespace kith::simulate
