// One's circle: coming in, its everyday talk, its conversations.
#include <algorithm>

#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

constexpr std::size_t conversations_read = 3;

/// The words that began a conversation, if they are the model's.
std::optional<std::size_t> opening_of(World const& world, std::string const& url) {
    auto const found = world.ledger.by_url.find(url);
    if (found == world.ledger.by_url.end()) return std::nullopt;
    return found->second;
}

/// Which conversations they go on to: the newest of others that they haven't answered, and not
/// those that are folded for them. What was read once may be answered at a later visit, as in the
/// open place.
void see_circle(World& world, Agent& agent, boost::json::value const& page) {
    auto const* list = page.is_object() ? page.get_object().if_contains("conversations") : nullptr;
    if (list == nullptr || !list->is_array()) return;
    std::vector<std::size_t> openings;
    for (auto const& item : list->get_array()) {
        auto const opening = opening_of(world, text_in(item, "url"));
        if (!opening || text_in(item, "folded") != "no") continue;
        bool const own = world.said(*opening).author == agent.person.number;
        if (!own && !agent.answered.contains(*opening)) openings.push_back(*opening);
    }
    std::sort(openings.rbegin(), openings.rend());
    openings.resize(std::min(openings.size(), conversations_read));
    for (auto const opening : openings) agent.to_open.push_back(world.said(opening).url);
}

void see_conversation(World& world, Agent& agent, boost::json::value const& page) {
    if (auto const opening = opening_of(world, text_in(page, "url")))
        see_words(world, agent, *opening);
    see_comments(world, agent, page);
}

void look(World const& world, Agent const& agent, int step, std::vector<Look>& looks) {
    if (!agent.in_circle) return;
    auto const& circle = world.circles.at(agent.person.circle);
    if (step == 0) {
        looks.push_back({"circle", circle.url, see_circle});
        looks.push_back({"conversation", circle.together + "?comments=newest", see_comments});
        return;
    }
    for (auto const& url : agent.to_open) looks.push_back({"conversation", url, see_conversation});
}

/// What must pull together before someone comes in: who was hurt before takes their time.
double wish_to_come_in(Kind kind) { return kind == Kind::wary ? 0.25 : 0.7; }

void wish(World const& world, Agent const& agent, Chance& chance, std::vector<Deed>& deeds) {
    bool const comes_in = chance.happens(wish_to_come_in(agent.person.kind));
    bool const talks = chance.happens(0.25 * agent.heart.trust);
    if (withdrawn(agent.heart)) return;
    auto const number = agent.person.circle;
    if (agent.in_circle) {
        if (talks) deeds.push_back(say(world, agent, together_spot(world, number), Tone::light));
        return;
    }
    if (agent.taken_out || !comes_in) return;
    Deed deed;
    deed.kind = "join circle";
    deed.path = world.circles.at(number).url + "/join";
    deed.body = {{"agreement_version", 1}};
    deed.decision = "come into circle " + std::to_string(number);
    deed.done = [](World&, Agent& who, boost::json::value const&) { who.in_circle = true; };
    deeds.push_back(std::move(deed));
}

}  // namespace

Capability circle_capability() { return {"circle", look, wish}; }

}  // namespace kith::simulate
