#include <rapidcheck.h>

#include "bonds/pace.hpp"
#include "bonds_site.hpp"

namespace kith::bonds {
namespace {

using namespace std::chrono_literals;
using testing::House;
using testing::on_both;

Pair any_pair() {
    auto const any_step = [] { return static_cast<Step>(*rc::gen::inRange(0, 6)); };
    auto const any_dial = [] { return static_cast<Openness>(*rc::gen::inRange(0, 4)); };
    auto const any_bool = [] { return *rc::gen::arbitrary<bool>(); };
    Pair pair;
    pair.given = any_step();
    pair.received = any_step();
    pair.dial = any_dial();
    pair.other_dial = any_dial();
    pair.ceiling = any_step();
    pair.apart = any_bool();
    pair.usable = any_bool();
    pair.share_circle = any_bool();
    pair.share_small_circle = pair.share_circle && any_bool();
    return pair;
}

TEST_CASE("a step is the same asked by either, and never above what either gave or allows") {
    CHECK(rc::check([] {
        auto const pair = any_pair();
        auto turned = pair;
        std::swap(turned.given, turned.received);
        std::swap(turned.dial, turned.other_dial);
        auto const step = least_step(pair);
        RC_ASSERT(step == least_step(turned));
        RC_ASSERT(step <= pair.ceiling);
        if (step == Step::same_circle) RC_ASSERT(pair.share_circle);
        if (step >= Step::hello) {
            RC_ASSERT(step <= pair.given);
            RC_ASSERT(step <= pair.received);
            RC_ASSERT(step <= most_by(pair.dial));
            RC_ASSERT(step <= most_by(pair.other_dial));
            RC_ASSERT(pair.usable);
            RC_ASSERT(!pair.apart);
        }
    }));
}

TEST_CASE("stepping back, rest, a lower dial and a closed account leave exactly the same") {
    CHECK(rc::check([] {
        auto pair = any_pair();
        auto const with = [&](auto change) {
            auto changed = pair;
            change(changed);
            return least_step(changed);
        };
        auto const stepped_back = with([](Pair& p) { p.received = Step::apart; });
        RC_ASSERT(with([](Pair& p) { p.other_dial = Openness::resting; }) == stepped_back);
        RC_ASSERT(with([](Pair& p) { p.other_dial = Openness::circles; }) == stepped_back);
        RC_ASSERT(with([](Pair& p) { p.usable = false; }) == stepped_back);
        // Who keeps distance is gone from every circle but the small ones.
        auto const left_too = with([](Pair& p) {
            p.received = Step::apart;
            p.share_circle = p.share_small_circle;
        });
        RC_ASSERT(with([](Pair& p) { p.apart = true; }) == left_too);
    }));
}

TEST_CASE("both databases find the same step from both sides, over many states") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        for (int at = 0; at < 64; ++at) {
            auto const given = static_cast<Step>(at % 6);
            auto const received = static_cast<Step>((at / 2) % 6);
            auto const dial = static_cast<Openness>((at / 3) % 4);
            auto const other_dial = static_cast<Openness>((at / 5) % 4);
            house.give(ada, ben, given);
            house.give(ben, ada, received);
            house.set_dial(ada, dial);
            house.set_dial(ben, other_dial);
            auto const least =
                std::min({given, received, most_by(dial), most_by(other_dial), Step::kin});
            auto const expected = least >= Step::hello ? least : Step::apart;
            CAPTURE(at);
            CHECK(house.step(ada, ben) == expected);
            CHECK(house.step(ben, ada) == expected);
        }
    });
}

TEST_CASE("without a word of openness nothing opens, and distance, a ceiling or suspension close") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.give(ada, ben, Step::kin);
        house.give(ben, ada, Step::kin);
        CHECK(house.step(ada, ben) == Step::apart);
        house.put_in_circle(ada, ben, false);
        CHECK(house.step(ada, ben) == Step::same_circle);
        house.set_dial(ada, Openness::open);
        house.set_dial(ben, Openness::open);
        CHECK(house.step(ada, ben) == Step::kin);
        house.set_ceiling(Step::letters);
        CHECK(house.step(ben, ada) == Step::letters);
        house.set_ceiling(Step::kin);
        CHECK(house.step(ada, ada) == Step::apart);
        house.disable(ben);
        CHECK(house.step(ada, ben) == Step::same_circle);
        CHECK(house.step(ben, ada) == Step::same_circle);
        house.keep_distance(ada, ben);
        CHECK(house.step(ada, ben) == Step::apart);
    });
}

TEST_CASE("two who are apart stay together in a small circle, and nowhere else") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.put_in_circle(ada, ben, true);
        house.keep_distance(ada, ben);
        CHECK(house.step(ada, ben) == Step::same_circle);
        CHECK(house.step(ben, ada) == Step::same_circle);
    });
}

Time at(std::string_view iso_day, std::chrono::minutes minutes) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    std::sscanf(std::string(iso_day).c_str(), "%d-%u-%u", &year, &month, &day);
    return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) /
                                 std::chrono::day(day)) +
           minutes;
}

TEST_CASE("words arrive at the receiver's pace, never before they can't be taken back any more") {
    Receiving receiving{Delivery::now, "Europe/Berlin", {21h, 9h}, 9h};
    // Monday, 9 March 2026, 12:00 in Berlin.
    auto const noon = at("2026-03-09", 11h);
    CHECK(delivered_at(receiving, 0min, noon) == noon);
    CHECK(delivered_at(receiving, 30min, noon) == noon + 30min);
    // 20:50 in Berlin: with 15 minutes to take it back the quiet hours have begun.
    CHECK(delivered_at(receiving, 15min, at("2026-03-09", 19h + 50min)) == at("2026-03-10", 8h));
    receiving.delivery = Delivery::daily;
    CHECK(delivered_at(receiving, 0min, noon) == at("2026-03-10", 8h));
    // Shortly before the hour: what can still be taken back waits for the next day.
    CHECK(delivered_at(receiving, 15min, at("2026-03-09", 7h + 50min)) == at("2026-03-10", 8h));
    receiving.delivery = Delivery::weekly;
    CHECK(delivered_at(receiving, 0min, noon) == at("2026-03-16", 8h));
    CHECK(delivered_at(receiving, 0min, at("2026-03-08", 11h)) == at("2026-03-09", 8h));
    // Summer time has begun: 9:00 is an hour earlier in UTC.
    CHECK(delivered_at(receiving, 0min, at("2026-03-25", 11h)) == at("2026-03-30", 7h));
}

}  // namespace
}  // namespace kith::bonds
