// The comparison of two worlds finds every seeded mistake.
#include <doctest/doctest.h>

#include <iostream>

#include "app/slices.hpp"
#include "mistakes.hpp"

namespace kith::apart {
namespace {

/// By what the mistake is told, with the first seed that does.
std::optional<Finding> told_by(std::string const& engine, Mistake const& mistake,
                               std::uint32_t seed) {
    Trial trial{.engine = engine,
                .slices = app::all_slices(),
                .at_once = mistake.at_once,
                .look_once = true,
                .look_at = mistake.look_at};
    if (mistake.in_slices) mistake.in_slices(trial.slices);
    auto const plan = everything(mistake.keeps, seed, mistake.lea);
    // What is furnished is as it should be: the mistake begins with the two worlds.
    World::furnish_once({.engine = engine, .lea = mistake.lea, .slices = app::all_slices()});
    Mistaken const mistaken(mistake);
    Pair pair(trial, plan);
    return pair.with_hidden_events();
}

/// Prints by what each is told.
void check_told(std::string const& engine, std::vector<Mistake> const& mistakes) {
    constexpr std::uint32_t seeds = 3;
    for (auto const& mistake : mistakes) {
        CAPTURE(mistake.channel);
        CAPTURE(mistake.what);
        std::optional<Finding> found;
        std::uint32_t seed = 0;
        while (!found && seed < seeds) found = told_by(engine, mistake, ++seed);
        CHECK((mistake.in_statement.empty() || Mistaken::statements_changed() > 0));
        CHECK(found);
        std::cout << (found ? "told" : "NOT TOLD") << " on " << engine << ": " << mistake.channel
                  << ": " << mistake.what << "; seed " << seed << "; "
                  << (found ? described(*found) : std::string()) << std::endl;
    }
}

void check_all(std::string const& engine) {
    SUBCASE("in what distance rests on") {
        check_told(engine, mistakes_in_what_distance_rests_on());
    }
    SUBCASE("in words") { check_told(engine, mistakes_of_words()); }
    SUBCASE("in essays") { check_told(engine, mistakes_of_essays()); }
    SUBCASE("among people") { check_told(engine, mistakes_of_people()); }
    SUBCASE("in circles") { check_told(engine, mistakes_of_circles()); }
    SUBCASE("in bonds") { check_told(engine, mistakes_of_bonds()); }
}

TEST_CASE("each seeded mistake is told on SQLite") { check_all("sqlite"); }

TEST_CASE("each seeded mistake is told on PostgreSQL") { check_all("postgres"); }

}  // namespace
}  // namespace kith::apart
