// SAFETY 2: what members who keep distance from each other can tell, in two worlds side by side.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <iostream>

#include "app/slices.hpp"
#include "pair.hpp"

namespace rc {

template <>
struct Arbitrary<kith::apart::Event> {
    static Gen<kith::apart::Event> arbitrary() {
        return gen::build<kith::apart::Event>(
            gen::set(&kith::apart::Event::number, gen::inRange<std::uint16_t>(0, 1000)),
            gen::set(&kith::apart::Event::chance, gen::inRange<std::uint32_t>(0, 1'000'000)));
    }
};

template <>
struct Arbitrary<kith::apart::Step> {
    static Gen<kith::apart::Step> arbitrary() {
        using kith::apart::Step;
        return gen::build<Step>(
            gen::set(&Step::hidden,
                     gen::resize(12, gen::arbitrary<std::vector<kith::apart::Event>>())),
            gen::set(&Step::open),
            gen::set(&Step::in_small, gen::map(gen::inRange(0, 5), [](int i) { return i == 4; })));
    }
};

template <>
struct Arbitrary<kith::apart::Plan> {
    static Gen<kith::apart::Plan> arbitrary() {
        using namespace kith::apart;
        return gen::build<Plan>(
            gen::set(&Plan::keeps, gen::element(Keeps::hal, Keeps::lea, Keeps::both)),
            gen::set(&Plan::lea, gen::weightedElement<kith::Role>({{3, kith::Role::member},
                                                                   {1, kith::Role::guide},
                                                                   {1, kith::Role::steward}})),
            gen::set(&Plan::steps, gen::resize(4, gen::nonEmpty<std::vector<Step>>())));
    }
};

}  // namespace rc

namespace kith::apart {

void showValue(Plan const& plan, std::ostream& out) { out << described(plan); }

namespace {

/// Nothing is found; what is found is printed, and how it came about is made smaller, a while.
template <class Find>
bool holds(std::string const& what, Find const& find) {
    int failed = 0;
    constexpr int tries_to_shrink = 25;
    return rc::check(what, [&](Plan const& plan) {
        if (failed > tries_to_shrink) return;
        auto const found = find(plan);
        if (!found) return;
        // What can be told can be told again: the worlds of a plan are the same each time. What
        // can't is a slow machine's, and printed all the same.
        auto const again = find(plan);
        std::cout << (again ? "told: " : "told once, and not again: ") << described(*found)
                  << std::endl;
        if (!again) return;
        ++failed;
        RC_LOG() << described(*again);
        RC_FAIL("Lea can tell");
    });
}

TEST_CASE("each page that is registered is looked at") {
    Pair pair({}, {});
    for (auto const& pattern : pair.without_path()) CHECK_MESSAGE(false, pattern);
}

TEST_CASE("each operation is taken on the hidden side, and none of it can be told") {
    std::map<std::string, std::size_t, std::less<>> taken;
    for (std::uint32_t const chance : {1U, 2U, 3U, 4U}) {
        Pair pair({.look_once = true},
                  everything(chance % 2 == 1 ? Keeps::hal : Keeps::lea, chance));
        auto const found = pair.with_hidden_events();
        CHECK_MESSAGE(!found, (found ? described(*found) : std::string()));
        for (auto const& [name, count] : pair.hidden_taken) taken[name] += count;
    }
    for (auto const& operation : all_operations())
        if (!operation.open_only)
            CHECK_MESSAGE(taken[std::string(operation.name)] > 0, operation.name);
}

TEST_CASE("what someone apart does, and what stands under it, can't be told by anything") {
    for (std::string const engine : {"sqlite", "postgres"}) {
        CAPTURE(engine);
        CHECK(holds("NI-1 on " + engine, [&](Plan const& plan) {
            return Pair({.engine = engine}, plan).with_hidden_events();
        }));
    }
}

TEST_CASE("whoever is kept at a distance can't tell it from a withdrawal") {
    for (std::string const engine : {"sqlite", "postgres"}) {
        CAPTURE(engine);
        CHECK(holds("NI-2 on " + engine, [&](Plan const& plan) {
            return Pair({.engine = engine}, plan).apart_or_withdrawn();
        }));
    }
}

TEST_CASE("whoever keeps distance sees no more of the other than before") {
    CHECK(holds("NI-3", [](Plan const& plan) { return Pair({}, plan).more_by_keeping(); }));
}

}  // namespace
}  // namespace kith::apart
