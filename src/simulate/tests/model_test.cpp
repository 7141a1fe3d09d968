#include <doctest/doctest.h>

#include "simulate/chance.hpp"
#include "simulate/heart.hpp"
#include "simulate/options.hpp"
#include "simulate/people.hpp"
#include "simulate/talking.hpp"
#include "simulate/world.hpp"

namespace kith::simulate {
namespace {

std::size_t count_of(std::vector<Person> const& people, Kind kind) {
    return static_cast<std::size_t>(std::count_if(
        people.begin(), people.end(), [kind](Person const& one) { return one.kind == kind; }));
}

Agent agent_of(std::size_t number, Kind kind) {
    Agent agent;
    agent.person.number = number;
    agent.person.kind = kind;
    agent.person.name = "Agent " + std::to_string(number);
    agent.person.warmth = 1;
    agent.id = "id" + std::to_string(number);
    agent.here = true;
    agent.said_hello = true;
    return agent;
}

/// Agent 0 said something in the open, agent 1 (who harms) answered it; 2 is a steward.
World quarrel() {
    World world;
    world.agents = {agent_of(0, Kind::seeking), agent_of(1, Kind::harming),
                    agent_of(2, Kind::steward)};
    world.agents[1].person.warmth = 0;
    world.commons.url = "/essays/one";
    world.circles.push_back({"/circles/c", "/conversations/t", "d", {}, 0});
    Said first{0,   Tone::light, Where::commons,        0, 1, {}, "/comments/a",
               "a", "",          "/essays/one/comments"};
    Said harm{1,  Tone::harmful,         Where::commons, 0, 2, 0, "/comments/b", "b",
              "", "/essays/one/comments"};
    world.ledger.add(first);
    world.ledger.add(harm);
    return world;
}

/// How many of so many draws lead to a deed of this kind.
int deeds_of(World const& world, Agent const& agent, std::string_view kind, int draws) {
    int count = 0;
    for (int draw = 0; draw < draws; ++draw) {
        auto chance = Chance::of(7, {static_cast<std::uint64_t>(draw)});
        std::vector<Deed> deeds;
        for (auto const& capability : capabilities(world.setting))
            capability.wish(world, agent, chance, deeds);
        count += std::any_of(deeds.begin(), deeds.end(),
                             [kind](Deed const& deed) { return deed.kind == kind; });
    }
    return count;
}

TEST_CASE("chance of one seed and purpose is always the same, and of others another") {
    auto one = Chance::of(1, {2, 3});
    auto same = Chance::of(1, {2, 3});
    auto other = Chance::of(1, {3, 2});
    auto seed = Chance::of(2, {2, 3});
    CHECK(one.next() == 0x8FCE172BC17CBD80);
    CHECK(same.next() == 0x8FCE172BC17CBD80);
    CHECK(other.next() != 0x8FCE172BC17CBD80);
    CHECK(seed.next() != 0x8FCE172BC17CBD80);
    double sum = 0;
    for (int i = 0; i < 10'000; ++i) {
        auto const share = one.share();
        REQUIRE(share >= 0);
        REQUIRE(share < 1);
        sum += share;
    }
    CHECK(sum == doctest::Approx(5000).epsilon(0.03));
}

TEST_CASE("the same crowd gives the same people, each kind as large as was asked") {
    Crowd const crowd{4, 200, 14, {}};
    auto const people = draw_people(crowd);
    CHECK(people == draw_people(crowd));
    CHECK(people != draw_people({5, 200, 14, {}}));
    CHECK(people.size() == 200);
    CHECK(count_of(people, Kind::harming) == 10);
    CHECK(count_of(people, Kind::steady) == 50);
    CHECK(count_of(people, Kind::wary) == 40);
    CHECK(count_of(people, Kind::guide) == 6);
    CHECK(count_of(people, Kind::steward) == 2);
}

TEST_CASE("even the smallest crowd has a steward and a guide, and nobody of a kind nobody wanted") {
    auto const people = draw_people({1, 5, 1, {0, 0, 0, 0, 0}});
    CHECK(count_of(people, Kind::steward) == 1);
    CHECK(count_of(people, Kind::guide) == 1);
    CHECK(count_of(people, Kind::seeking) == 3);
}

TEST_CASE("every circle fits the twelve that a small one holds, its keeper is there first") {
    for (std::size_t const members : {5, 19, 100, 301}) {
        auto const people = draw_people({9, members, 14, {}});
        std::map<std::size_t, std::size_t> sizes;
        for (auto const& person : people) ++sizes[person.circle];
        CHECK(sizes.size() == circles_for(members));
        for (auto const& [circle, size] : sizes) {
            CHECK(size <= 12);
            CHECK(people[circle].circle == circle);
            CHECK(people[circle].founder);
            CHECK(people[circle].kind != Kind::harming);
        }
    }
}

TEST_CASE("who arrives later comes in the first half of the days") {
    auto const people = draw_people({3, 100, 10, {}});
    std::set<std::int64_t> days;
    for (auto const& person : people) days.insert(person.arrives_day);
    CHECK(days == std::set<std::int64_t>{0, 1, 2, 3, 4});
}

TEST_CASE("harm at someone takes five times what watching it takes, and the tender lose more") {
    Heart hit;
    Heart watching;
    Heart tender;
    hurt(hit, 0.8, Aim::at_them);
    hurt(watching, 0.8, Aim::at_others);
    hurt(tender, 1.2, Aim::at_them);
    CHECK(0.5 - hit.trust == doctest::Approx(5 * (0.5 - watching.trust)));
    CHECK(tender.trust < hit.trust);
}

TEST_CASE("kindness gives, words more than a reply without; silence takes; nothing leaves 0 to 1") {
    Heart words;
    Heart wordless;
    Heart silence;
    warmed(words, Kindly::in_words);
    warmed(wordless, Kindly::without_words);
    met_silence(silence);
    CHECK(words.trust > wordless.trust);
    CHECK(wordless.trust > 0.5);
    CHECK(silence.trust < 0.5);
    for (int i = 0; i < 100; ++i) {
        warmed(words, Kindly::in_words);
        met_silence(silence);
    }
    CHECK(words.trust == 1);
    CHECK(silence.trust == 0);
}

TEST_CASE("whoever was hurt enough withdraws, comes less, and finds back only slowly") {
    Person person;
    person.visits_a_day = 2;
    Heart heart;
    CHECK(visits_a_day(person, heart) == doctest::Approx(2));
    for (int i = 0; i < 4; ++i) hurt(heart, 1, Aim::at_them);
    CHECK(withdrawn(heart));
    CHECK(visits_a_day(person, heart) == doctest::Approx(0.6));
    int nights = 0;
    for (; withdrawn(heart) && nights < 100; ++nights) slept(heart);
    CHECK(nights == 20);
}

TEST_CASE("whoever harms does so in words under words, and nobody else ever does") {
    auto world = quarrel();
    world.agents[1].seen = {0};
    CHECK(deeds_of(world, world.agents[1], "post comment", 200) > 50);
    world.agents[0].seen = {1};
    auto const& victim = world.agents[0];
    for (std::uint64_t draw = 0; draw < 200; ++draw) {
        auto chance = Chance::of(8, {draw});
        std::vector<Deed> deeds;
        for (auto const& capability : capabilities(Setting::kith))
            capability.wish(world, victim, chance, deeds);
        for (auto const& deed : deeds) CHECK(deed.decision.find("hurt") == std::string::npos);
    }
}

TEST_CASE(
    "with Kith whoever was harmed may keep distance, whoever watched may mute; a forum has "
    "neither") {
    auto world = quarrel();
    world.agents[0].harm = {1};
    world.agents[2].harm = {1};
    CHECK(deeds_of(world, world.agents[0], "keep distance", 200) > 100);
    CHECK(deeds_of(world, world.agents[0], "mute", 200) == 0);
    CHECK(deeds_of(world, world.agents[2], "mute", 200) > 20);
    CHECK(deeds_of(world, world.agents[2], "keep distance", 200) == 0);
    world.setting = Setting::forum;
    CHECK(deeds_of(world, world.agents[0], "keep distance", 200) == 0);
    CHECK(deeds_of(world, world.agents[2], "mute", 200) == 0);
}

TEST_CASE("a steward puts aside what hurts in the open, in both settings; others can't") {
    for (auto const setting : {Setting::kith, Setting::forum}) {
        auto world = quarrel();
        world.setting = setting;
        for (auto& agent : world.agents) agent.harm = {1};
        CHECK(deeds_of(world, world.agents[2], "put aside", 200) > 100);
        CHECK(deeds_of(world, world.agents[0], "put aside", 200) == 0);
    }
}

TEST_CASE("a keeper takes whoever hurts out of their circle, and only while they are there") {
    auto world = quarrel();
    world.said(1).where = Where::circle;
    world.agents[1].in_circle = true;
    world.agents[0].harm = {1};
    world.agents[2].harm = {1};
    CHECK(deeds_of(world, world.agents[0], "take out of circle", 200) > 50);
    CHECK(deeds_of(world, world.agents[2], "take out of circle", 200) == 0);
    world.agents[1].in_circle = false;
    CHECK(deeds_of(world, world.agents[0], "take out of circle", 200) == 0);
}

TEST_CASE(
    "what needs somebody is answered before everyday words, however many of these came first") {
    auto world = quarrel();
    std::size_t const many = 60;
    for (std::size_t number = 0; number < many; ++number) {
        auto light = world.said(0);
        light.comment = "l" + std::to_string(number);
        world.ledger.add(light);
    }
    auto hard = world.said(0);
    hard.tone = Tone::hard;
    hard.comment = "h";
    auto const words = world.ledger.add(hard);
    auto& steady = world.agents[2];
    for (std::size_t number = 2; number <= words; ++number) steady.seen.insert(number);
    auto chance = Chance(3);
    std::vector<Deed> deeds;
    for (auto const& capability : capabilities(Setting::kith))
        if (capability.name == "answering") capability.wish(world, steady, chance, deeds);
    REQUIRE(deeds.size() == 2);
    CHECK(deeds[0].decision.find(name_of(world, words)) != std::string::npos);
}

TEST_CASE("the withdrawn say nothing at all") {
    auto world = quarrel();
    world.agents[2].seen = {0};
    world.agents[2].heart.trust = 0.1;
    world.agents[2].said_hello = false;
    for (auto const kind : {"post comment", "say hello", "kind reply", "begin conversation"})
        CHECK(deeds_of(world, world.agents[2], kind, 300) == 0);
}

TEST_CASE("what one may say in a day fits the server's own limit however fast the days go by") {
    Options options;
    options.days = 14;
    options.days_per_minute = 0;
    CHECK(words_a_day(options) == 4);
    options.days = 30;
    CHECK(words_a_day(options) == 2);
    options.days = 365;
    CHECK(words_a_day(options) == 0);
    options.days_per_minute = 1;
    CHECK(words_a_day(options) == 4);
    options.days_per_minute = 6;
    CHECK(words_a_day(options) == 0);
}

}  // namespace
}  // namespace kith::simulate
