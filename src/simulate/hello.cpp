// First words: a hello that greeters find on their list, or one among all words of a forum.
#include "simulate/capabilities.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

double wish_to_say_hello(Kind kind) { return kind == Kind::wary ? 0.3 : 0.8; }

void say_hello(World& world, Agent& agent, boost::json::value const& json) {
    Said said;
    said.author = agent.person.number;
    said.tone = Tone::hello;
    said.where = Where::hello_page;
    said.hour = world.hour;
    said.url = text_in(json, "location");
    said.answer_path = said.url + "/comments";
    world.ledger.add(std::move(said));
    agent.said_hello = true;
}

void wish(World const& world, Agent const& agent, Chance& chance, std::vector<Deed>& deeds) {
    bool const wants = chance.happens(wish_to_say_hello(agent.person.kind));
    if (agent.said_hello || !wants || withdrawn(agent.heart)) return;
    if (world.setting == Setting::forum) {
        auto deed = say(world, agent, commons_spot(world), Tone::hello);
        deed.done = [posted = deed.done](World& in, Agent& who, boost::json::value const& json) {
            posted(in, who, json);
            who.said_hello = true;
        };
        deeds.push_back(std::move(deed));
        return;
    }
    Deed deed;
    deed.kind = "say hello";
    deed.path = "/welcome/introduction";
    deed.body = {{"body", body_of(world, agent, Tone::hello)}};
    deed.is_words = true;
    deed.decision = "Hello";
    deed.done = say_hello;
    deeds.push_back(std::move(deed));
}

void look(World const&, Agent const&, int step, std::vector<Look>& looks) {
    if (step != 0) return;
    looks.push_back({"Today", "/", [](World&, Agent&, boost::json::value const&) {}});
}

}  // namespace

Capability hello_capability() { return {"hello", look, wish}; }

}  // namespace kith::simulate
