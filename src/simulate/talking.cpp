#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

std::string_view word_of(Tone tone) {
    switch (tone) {
        case Tone::hello: return "Hello";
        case Tone::hard: return "Something hard";
        case Tone::light: return "Of today";
        case Tone::kind: return "A kind answer";
        case Tone::harmful: return "Words that hurt";
    }
    return {};
}

bool is_open(boost::json::object const& comment) {
    auto const* folded = comment.if_contains("folded");
    auto const* standing = comment.if_contains("standing");
    return (folded == nullptr || *folded == "no") &&
           (standing == nullptr || *standing == "published");
}

void see_comment(World const& world, Agent& agent, boost::json::object const& comment) {
    auto const found = world.ledger.by_comment.find(text_in(comment, "id"));
    if (found != world.ledger.by_comment.end() && is_open(comment))
        see_words(world, agent, found->second);
}

/// A part of a page's comments; null where there is none.
boost::json::value const* comments_part(boost::json::value const& page, std::string_view name) {
    auto const* whole = page.if_object();
    auto const* comments = whole ? whole->if_contains("comments") : nullptr;
    return comments && comments->is_object() ? comments->get_object().if_contains(name) : nullptr;
}

/// Puts what the server acknowledged into the ledger.
auto noted(Said said) {
    return [said = std::move(said)](World& world, Agent& agent, boost::json::value const& json) {
        auto words = said;
        words.comment = text_in(json, "id");
        words.url = "/comments/" + words.comment;
        if (words.answers) agent.answered.insert(*words.answers);
        world.ledger.add(std::move(words));
    };
}

Deed spoken(World const& world, Agent const& agent, Spot const& spot, Tone tone,
            std::optional<std::size_t> answers) {
    Said said;
    said.author = agent.person.number;
    said.tone = tone;
    said.where = spot.where;
    said.circle = spot.circle;
    said.hour = world.hour;
    said.answers = answers;
    said.discussion = spot.discussion;
    said.answer_path = spot.post_path;
    Deed deed;
    deed.kind = "post comment";
    deed.path = spot.post_path;
    deed.body = {{"body", body_of(world, agent, tone)}};
    deed.is_words = true;
    deed.decision = std::string(word_of(tone));
    deed.done = noted(std::move(said));
    return deed;
}

}  // namespace

Spot commons_spot(World const& world) {
    return {Where::commons, 0, world.commons.url + "/comments", world.commons.discussion};
}

Spot together_spot(World const& world, std::size_t circle) {
    auto const& place = world.circles.at(circle);
    return {Where::circle, circle, place.together + "/comments", place.discussion};
}

void see_words(World const& world, Agent& agent, std::size_t number) {
    auto const& words = world.said(number);
    if (words.author == agent.person.number) return;
    agent.seen.insert(number);
    bool const is_new = agent.read.insert(number).second;
    if (is_new && words.tone == Tone::harmful) agent.harm.insert(number);
}

void see_comments(World const& world, Agent& agent, boost::json::value const& page) {
    auto const* list = comments_part(page, "items");
    if (list == nullptr || !list->is_array()) return;
    for (auto const& thread : list->get_array()) {
        see_comment(world, agent, thread.as_object());
        auto const* replies = thread.as_object().if_contains("replies");
        if (replies == nullptr || !replies->is_array()) continue;
        for (auto const& reply : replies->get_array()) see_comment(world, agent, reply.as_object());
    }
}

std::string page_before(boost::json::value const& page) {
    auto const* url = comments_part(page, "previous_url");
    if (url == nullptr || !url->is_string()) return {};
    auto const whole = std::string(url->get_string());
    return whole.substr(0, whole.find('#'));
}

std::string body_of(World const& world, Agent const& agent, Tone tone) {
    return std::string(word_of(tone)) + ", from " + agent.person.name + " in the hour " +
           std::to_string(world.hour) + " of a simulation.";
}

std::string name_of(World const& world, std::size_t words) {
    auto const& said = world.said(words);
    return std::string(word_of(said.tone)) + " of " + std::to_string(said.author) + " at " +
           std::to_string(said.hour);
}

std::string text_in(boost::json::value const& json, std::string_view name) {
    auto const* object = json.if_object();
    auto const* value = object ? object->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Deed say(World const& world, Agent const& agent, Spot const& spot, Tone tone) {
    return spoken(world, agent, spot, tone, std::nullopt);
}

Deed answer(World const& world, Agent const& agent, std::size_t words, Tone tone) {
    auto const& to = world.said(words);
    Spot const spot{to.where, to.circle, to.answer_path, to.discussion};
    auto deed = spoken(world, agent, spot, tone, words);
    if (!to.comment.empty()) deed.body["parent"] = to.comment;
    deed.decision += " to " + name_of(world, words);
    return deed;
}

}  // namespace kith::simulate
