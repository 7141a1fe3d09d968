// The list of what nobody has answered: greeters, guides, stewards and keepers look at it.
#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

void see_list(World& world, Agent& agent, boost::json::value const& page) {
    auto const* items = page.is_object() ? page.get_object().if_contains("items") : nullptr;
    if (items == nullptr || !items->is_array()) return;
    for (auto const& item : items->get_array()) {
        auto const found = world.ledger.by_url.find(text_in(item, "url"));
        if (found == world.ledger.by_url.end()) continue;
        if (world.said(found->second).author != agent.person.number)
            agent.waiting.insert(found->second);
        see_words(world, agent, found->second);
    }
}

bool looks_after_others(World const& world, Agent const& agent) {
    auto const kind = agent.person.kind;
    bool const keeps = world.circles.at(agent.person.circle).keeper == agent.person.number;
    return agent.person.greets || keeps || kind == Kind::guide || kind == Kind::steward;
}

void look(World const& world, Agent const& agent, int step, std::vector<Look>& looks) {
    if (step == 0 && looks_after_others(world, agent))
        looks.push_back({"unanswered list", "/unanswered", see_list});
}

void wish(World const&, Agent const&, Chance&, std::vector<Deed>&) {}

}  // namespace

Capability unanswered_capability() { return {"unanswered", look, wish}; }

}  // namespace kith::simulate
