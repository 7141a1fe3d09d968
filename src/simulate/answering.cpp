// Being there for others: an answer in words, or one that needs none.
#include <algorithm>

#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

constexpr std::size_t answers_a_visit = 2;
constexpr double light_part = 0.15;  ///< everyday words ask for less
constexpr double list_part = 1.5;    ///< what stands on the list of the unanswered, for more

void look(World const&, Agent const&, int, std::vector<Look>&) {}

Deed without_words(World const& world, std::size_t words) {
    auto const& to = world.said(words);
    Deed deed;
    deed.kind = "kind reply";
    deed.path = "/comments/" + to.comment + "/kind";
    deed.body = {{"kind", "heard"}};
    deed.decision = "I hear you, to " + name_of(world, words);
    deed.done = [words](World& in, Agent& who, boost::json::value const&) {
        auto const author = in.said(words).author;
        in.ledger.kindnesses.push_back({who.person.number, author, in.hour, words, false});
        who.answered.insert(words);
    };
    return deed;
}

double wish_to_answer(World const& world, Agent const& agent, std::size_t words) {
    auto const tone = world.said(words).tone;
    if (tone == Tone::harmful || tone == Tone::kind) return 0;
    if (tone == Tone::light) return agent.person.warmth * light_part;
    return agent.person.warmth * (agent.waiting.contains(words) ? list_part : 1);
}

/// What needs somebody before everyday words, and the oldest first: it has waited longest.
std::vector<std::size_t> in_their_order(World const& world, Agent const& agent) {
    std::vector<std::size_t> order(agent.seen.begin(), agent.seen.end());
    std::stable_partition(order.begin(), order.end(),
                          [&world](std::size_t words) { return asks(world.said(words)); });
    return order;
}

void wish(World const& world, Agent const& agent, Chance& chance, std::vector<Deed>& deeds) {
    if (withdrawn(agent.heart)) return;
    std::size_t given = 0;
    for (auto const words : in_their_order(world, agent)) {
        bool const answers = chance.happens(wish_to_answer(world, agent, words));
        bool const in_words = chance.happens(0.6) || world.said(words).comment.empty();
        if (!answers || agent.answered.contains(words) || given == answers_a_visit) continue;
        ++given;
        deeds.push_back(in_words ? answer(world, agent, words, Tone::kind)
                                 : without_words(world, words));
    }
}

}  // namespace

Capability answering_capability() { return {"answering", look, wish}; }

}  // namespace kith::simulate
