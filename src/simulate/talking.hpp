#pragma once

#include "simulate/world.hpp"

namespace kith::simulate {

/// Where new words go.
struct Spot {
    Where where = Where::commons;
    std::size_t circle = 0;
    std::string post_path;  ///< takes a comment
    std::string discussion;
};
[[nodiscard]] Spot commons_spot(World const& world);
[[nodiscard]] Spot together_spot(World const& world, std::size_t circle);

/// Notes what a page of comments shows: only words of the model, none that are folded or put
/// aside.
void see_comments(World const& world, Agent& agent, boost::json::value const& page);
/// Where the page of comments before this one is; empty when this is the first.
[[nodiscard]] std::string page_before(boost::json::value const& page);
/// Notes that they have these words before them; their own don't count.
void see_words(World const& world, Agent& agent, std::size_t number);

/// Says something of one's own there.
[[nodiscard]] Deed say(World const& world, Agent const& agent, Spot const& spot, Tone tone);
/// Answers these words, kindly or not.
[[nodiscard]] Deed answer(World const& world, Agent const& agent, std::size_t words, Tone tone);

/// What an agent's words are: neutral, so that whoever looks into the test community reads no
/// harm. They say who, when and how.
[[nodiscard]] std::string body_of(World const& world, Agent const& agent, Tone tone);

/// "hello of Mara 12 at 30": how a decision names words, whatever the server called them.
[[nodiscard]] std::string name_of(World const& world, std::size_t words);

/// A text of an answer's JSON; empty where it has none.
[[nodiscard]] std::string text_in(boost::json::value const& json, std::string_view name);

}  // namespace kith::simulate
