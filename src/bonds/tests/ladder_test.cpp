#include <rapidcheck.h>

#include "bonds/ladder.hpp"
#include "bonds/limits.hpp"
#include "bonds_site.hpp"

namespace kith::bonds {
namespace {

using namespace std::chrono_literals;
using testing::House;
using testing::on_both;
using testing::Person;

/// Offers and accepts one step.
void come_nearer(House& house, Person const& one, Person const& other, Step step) {
    auto const name = testing::name_of(step);
    CHECK(house.as(one).post(other.bond + "/offer", {{"step", name}}).status == 303);
    CHECK(house.as(other).post(one.bond + "/accept", {{"step", name}}).status == 303);
    CHECK(house.step(one, other) == step);
    CHECK(house.step(other, one) == step);
}

struct Two {
    explicit Two(House& house) : ada(house.person("Ada")), ben(house.person("Ben")) {
        house.set_dial(ada, Openness::open);
        house.set_dial(ben, Openness::open);
    }
    Person ada;
    Person ben;
};

TEST_CASE("no step is offered above one's own dial, the ceiling, or before its time") {
    CHECK(rc::check([] {
        OwnSide own;
        own.given = static_cast<Step>(*rc::gen::inRange(0, 6));
        own.dial = static_cast<Openness>(*rc::gen::inRange(0, 4));
        own.ceiling = static_cast<Step>(*rc::gen::inRange(1, 6));
        own.since = Time{} + std::chrono::hours(*rc::gen::inRange(0, 2000));
        auto const between = static_cast<Step>(*rc::gen::inRange(0, 6));
        auto const now = Time{} + std::chrono::hours(2000);
        auto const next = next_step(own, between, true, now);
        if (next.before != Before::nothing) return;
        RC_ASSERT(next.step == step_after(between));
        RC_ASSERT(next.step > between);
        RC_ASSERT(next.step <= own.ceiling);
        RC_ASSERT(next.step <= most_by(own.dial));
        if (next.step == Step::near && own.given == Step::letters)
            RC_ASSERT(now - own.since >= limits::near_after);
        if (next.step == Step::kin && own.given == Step::near)
            RC_ASSERT(now - own.since >= limits::kin_after);
    }));
}

TEST_CASE("step by step: each is offered by one and accepted by the other, near and kin in time") {
    on_both([](House& house) {
        Two const two(house);
        come_nearer(house, two.ada, two.ben, Step::hello);
        come_nearer(house, two.ben, two.ada, Step::letters);
        auto ada = house.as(two.ada);
        CHECK(ada.get(two.ben.bond).has("This step has time"));
        CHECK(ada.post(two.ben.bond + "/offer", {{"step", "near"}}).status == 409);
        house.site.clock.move(limits::near_after - 1h);
        CHECK(house.as(two.ada).post(two.ben.bond + "/offer", {{"step", "near"}}).status == 409);
        house.site.clock.move(1h);
        come_nearer(house, two.ada, two.ben, Step::near);
        CHECK(house.as(two.ben).post(two.ada.bond + "/offer", {{"step", "kin"}}).status == 409);
        house.site.clock.move(limits::kin_after);
        come_nearer(house, two.ben, two.ada, Step::kin);
        CHECK_FALSE(house.as(two.ada).get(two.ben.bond).has("The next step"));
        CHECK(house.as(two.ada).post(two.ben.bond + "/offer", {{"step", "kin"}}).status == 409);
    });
}

TEST_CASE("no step can be left out, and none is accepted that wasn't offered") {
    House house;
    Two const two(house);
    auto ada = house.as(two.ada);
    auto ben = house.as(two.ben);
    CHECK(ada.post(two.ben.bond + "/offer", {{"step", "letters"}}).status == 409);
    CHECK(ada.post(two.ben.bond + "/offer", {{"step", "apart"}}).status == 409);
    CHECK(ada.post(two.ben.bond + "/offer", {{"step", "everything"}}).status == 422);
    CHECK(ben.post(two.ada.bond + "/accept", {{"step", "hello"}}).status == 409);
    CHECK(ada.post(two.ben.bond + "/offer", {{"step", "hello"}}).status == 303);
    CHECK(ada.post(two.ben.bond + "/accept", {{"step", "hello"}}).status == 409);
    CHECK(ben.post(two.ada.bond + "/accept", {{"step", "kin"}}).status == 409);
    CHECK(house.step(two.ada, two.ben) == Step::apart);
}

TEST_CASE("an offer fades after 14 days and can be made again after 30") {
    on_both([](House& house) {
        Two const two(house);
        auto const offer = [&] {
            return house.as(two.ada).post(two.ben.bond + "/offer", {{"step", "hello"}}).status;
        };
        CHECK(offer() == 303);
        CHECK(offer() == 303);  // pressed twice
        CHECK(house.as(two.ben).get("/bonds").has("Ada"));
        house.site.clock.move(limits::offer_time - 1h);
        CHECK(house.as(two.ben).get(two.ada.bond).has("Ada offers you: hello"));
        CHECK(house.as(two.ada).get("/bonds").has("Offered: hello"));
        house.site.clock.move(1h);
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("Ada offers you"));
        CHECK_FALSE(house.as(two.ben).get("/bonds").has("Ada"));
        CHECK_FALSE(house.as(two.ada).get("/bonds").has("Offered: hello"));
        CHECK(house.as(two.ben).post(two.ada.bond + "/accept", {{"step", "hello"}}).status == 409);
        CHECK(house.as(two.ada).get(two.ben.bond).has("You can offer it again from"));
        CHECK(offer() == 409);
        house.site.clock.move(16 * 24h - 1h);
        CHECK(offer() == 409);
        house.site.clock.move(1h);
        CHECK(offer() == 303);
        CHECK(house.as(two.ben).get(two.ada.bond).has("Ada offers you: hello"));
    });
}

TEST_CASE("taken back, an offer is gone at once, and may be made again only after 30 days") {
    on_both([](House& house) {
        Two const two(house);
        auto ada = house.as(two.ada);
        CHECK(ada.post(two.ben.bond + "/offer", {{"step", "hello"}}).status == 303);
        house.run_jobs();
        CHECK(house.as(two.ben).get("/notices").has("Ada offers you a step"));
        CHECK(ada.post(two.ben.bond + "/take-back").status == 303);
        CHECK_FALSE(house.as(two.ben).get("/notices").has("Ada offers you a step"));
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("Ada offers you"));
        CHECK(ada.post(two.ben.bond + "/offer", {{"step", "hello"}}).status == 409);
    });
}

TEST_CASE("nobody offers to more than five people a day") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        house.set_dial(ada, Openness::open);
        auto browser = house.as(ada);
        for (int at = 0; at < 5; ++at)
            CHECK(browser.post(house.person("One").bond + "/offer", {{"step", "hello"}}).status ==
                  303);
        auto const last = house.person("Last");
        auto const full = browser.post(last.bond + "/offer", {{"step", "hello"}});
        CHECK(full.status == 409);
        CHECK(full.has("as many offers as one day has"));
        house.site.clock.move(limits::offers_counted_time);
        CHECK(house.as(ada).post(last.bond + "/offer", {{"step", "hello"}}).status == 303);
    });
}

TEST_CASE("an offer that was accepted was made all the same") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        house.set_dial(ada, Openness::open);
        auto browser = house.as(ada);
        for (int at = 0; at < 5; ++at) {
            auto const other = house.person("One");
            house.set_dial(other, Openness::open);
            CHECK(browser.post(other.bond + "/offer", {{"step", "hello"}}).status == 303);
            CHECK(house.as(other).post(ada.bond + "/accept", {{"step", "hello"}}).status == 303);
        }
        auto const last = house.person("Last");
        CHECK(browser.post(last.bond + "/offer", {{"step", "hello"}}).status == 409);
    });
}

TEST_CASE("from the list of bonds it is one press to where distance is kept") {
    House house;
    Two const two(house);
    house.give(two.ada, two.ben, Step::hello);
    house.give(two.ben, two.ada, Step::hello);
    CHECK(house.as(two.ada).get("/bonds").has("<a href=\"" + two.ben.path + "/distance?known="));
}

TEST_CASE("stepping back holds at once, for both, and takes what hung on the step with it") {
    on_both([](House& house) {
        Two const two(house);
        house.give(two.ada, two.ben, Step::kin);
        house.give(two.ben, two.ada, Step::kin);
        auto ada = house.as(two.ada);
        CHECK(ada.post(two.ben.bond + "/consent", {{"kind", "care"}}).status == 303);
        CHECK(ada.post(two.ben.bond + "/consent", {{"kind", "contact"}, {"words", "Call 7."}})
                  .status == 303);
        CHECK(house.as(two.ben).get(two.ada.bond).has("Call 7."));
        CHECK(house.as(two.ben).get(two.ada.bond).has("You may ask them for care."));
        CHECK(ada.post(two.ben.bond + "/step-back", {{"step", "letters"}}).status == 303);
        CHECK(house.step(two.ben, two.ada) == Step::letters);
        // Back at kin nothing is shown that wasn't given anew.
        house.give(two.ada, two.ben, Step::kin);
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("Call 7."));
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("You may ask them for care."));
        CHECK(ada.post(two.ben.bond + "/step-back", {{"step", "apart"}}).status == 303);
        CHECK(house.step(two.ada, two.ben) == Step::apart);
        CHECK(house.step(two.ben, two.ada) == Step::apart);
        CHECK_FALSE(house.as(two.ben).get("/notices").has("Ada"));
        // Stepping back can't be used to step up.
        CHECK(ada.post(two.ben.bond + "/step-back", {{"step", "kin"}}).status == 303);
        CHECK(house.step(two.ada, two.ben) == Step::apart);
    });
}

TEST_CASE("each consent is taken back in two steps, and holds only at its step") {
    on_both([](House& house) {
        Two const two(house);
        house.give(two.ada, two.ben, Step::near);
        house.give(two.ben, two.ada, Step::near);
        auto ada = house.as(two.ada);
        auto ben = house.as(two.ben);
        CHECK(ada.post(two.ben.bond + "/consent", {{"kind", "contact"}, {"words", "x"}}).status ==
              409);
        CHECK(ada.post(two.ben.bond + "/consent", {{"kind", "care"}}).status == 303);
        CHECK(ben.get(two.ada.bond).has("You may ask them for care."));
        house.set_ceiling(Step::letters);
        CHECK_FALSE(ben.get(two.ada.bond).has("You may ask them for care."));
        // What was given can be taken back also while it is shut.
        CHECK(ada.get(two.ben.bond).has(two.ben.bond + "/consent/take-back"));
        CHECK(ada.post(two.ben.bond + "/consent/take-back", {{"kind", "care"}}).status == 303);
        house.set_ceiling(Step::kin);
        CHECK_FALSE(ben.get(two.ada.bond).has("You may ask them for care."));
        auto const long_words = std::string(1001, 'x');
        house.give(two.ada, two.ben, Step::kin);
        house.give(two.ben, two.ada, Step::kin);
        CHECK(ada.post(two.ben.bond + "/consent", {{"kind", "contact"}, {"words", long_words}})
                  .status == 422);
        CHECK(ada.post(two.ben.bond + "/consent", {{"kind", "contact"}, {"words", " "}}).status ==
              422);
    });
}

TEST_CASE("from letters on a member who isn't listed is seen by the other, and by nobody else") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben", Role::member, false);
        auto const cleo = house.person("Cleo");
        house.set_dial(ada, Openness::letters);
        house.set_dial(ben, Openness::letters);
        house.give(ada, ben, Step::hello);
        house.give(ben, ada, Step::hello);
        CHECK(house.as(ada).get(ben.path).status == 404);
        house.give(ada, ben, Step::letters);
        house.give(ben, ada, Step::letters);
        CHECK(house.as(ada).get(ben.path).status == 200);
        CHECK(house.as(cleo).get(ben.path).status == 404);
        house.set_dial(ben, Openness::circles);
        CHECK(house.as(ada).get(ben.path).status == 404);
        house.set_dial(ben, Openness::letters);
        house.set_ceiling(Step::hello);
        CHECK(house.as(ada).get(ben.path).status == 404);
        house.set_ceiling(Step::kin);
        house.set_dial(ben, Openness::resting);
        CHECK(house.as(ada).get(ben.path).status == 404);
        house.set_dial(ben, Openness::open);
        CHECK(house.as(ada).get(ben.path).status == 200);
        house.keep_distance(ben, ada);
        CHECK(house.as(ada).get(ben.path).status == 404);
    });
}

}  // namespace
}  // namespace kith::bonds
