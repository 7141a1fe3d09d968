#include "bonds/limits.hpp"
#include "bonds/pace.hpp"
#include "bonds/wishes_store.hpp"
#include "bonds_site.hpp"
#include "notify/notice_settings_store.hpp"

namespace kith::bonds {
namespace {

using namespace std::chrono_literals;
using testing::House;
using testing::on_both;
using testing::Person;

struct Two {
    explicit Two(House& house) : ada(house.person("Ada")), ben(house.person("Ben")) {
        for (auto const* one : {&ada, &ben}) house.set_dial(*one, Openness::letters);
        house.give(ada, ben, Step::hello);
        house.give(ben, ada, Step::hello);
        // Monday noon: nobody's quiet hours.
        house.site.clock.move(16h);
    }
    Person ada;
    Person ben;
};

unsigned say_hello(House& house, Person const& from, Person const& to, std::string const& words) {
    return house.as(from).post(to.bond + "/hello", {{"words", words}}).status;
}

void set_pace(House& house, Person const& person, Delivery delivery, std::int64_t unsend) {
    house.write([&](database::Write& write) {
        set_pace(write, person.viewer(), Pace{delivery, unsend});
    });
}

TEST_CASE("a note of hello arrives, once a week, and never by more than 500 characters") {
    on_both([](House& house) {
        Two const two(house);
        CHECK(say_hello(house, two.ada, two.ben, std::string(501, 'x')) == 422);
        CHECK(say_hello(house, two.ada, two.ben, "  ") == 422);
        CHECK(say_hello(house, two.ada, two.ben, "The plums are ripe.") == 303);
        CHECK(say_hello(house, two.ada, two.ben, "The plums are ripe.") == 303);
        CHECK(say_hello(house, two.ada, two.ben, "And the pears.") == 409);
        house.run_jobs();
        auto const page = house.as(two.ben).get(two.ada.bond);
        CHECK(page.has("The plums are ripe."));
        CHECK(house.as(two.ben).get("/notices").has("Ada wrote you a note"));
        // The other has their own note in the week.
        CHECK(say_hello(house, two.ben, two.ada, "Thank you.") == 303);
        house.site.clock.move(limits::hello_time);
        CHECK(say_hello(house, two.ada, two.ben, "And the pears.") == 303);
    });
}

TEST_CASE("a note is written only at hello, and closed is closed alike, whyever") {
    on_both([](House& house) {
        Two const two(house);
        auto const refused = [&] {
            auto reply = house.as(two.ada).post(two.ben.bond + "/hello", {{"words", "Hello."}});
            reply.headers.erase("date");
            return std::tuple(reply.status, reply.headers, reply.body);
        };
        house.set_dial(two.ben, Openness::circles);
        auto const by_dial = refused();
        CHECK(std::get<0>(by_dial) == 409);
        house.set_dial(two.ben, Openness::letters);
        house.set_dial(two.ben, Openness::resting);
        CHECK(refused() == by_dial);
        house.set_dial(two.ben, Openness::letters);
        house.give(two.ben, two.ada, Step::apart);
        CHECK(refused() == by_dial);
    });
}

TEST_CASE("taken back in time nobody has ever seen it; afterwards it stays") {
    on_both([](House& house) {
        Two const two(house);
        set_pace(house, two.ada, Delivery::now, 30);
        CHECK(say_hello(house, two.ada, two.ben, "Too quick.") == 303);
        house.run_jobs();
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("Too quick."));
        auto const notes = [&] {
            auto const view = house.as(two.ada).get_json(two.ben.bond).json();
            return view.at("hello").at("notes").as_array();
        };
        REQUIRE(notes().size() == 1);
        auto const id = std::string(notes().at(0).at("id").as_string());
        CHECK(house.as(two.ben).post(two.ada.bond + "/hello/take-back", {{"note", id}}).status ==
              409);
        house.site.clock.move(29min);
        CHECK(house.as(two.ada).post(two.ben.bond + "/hello/take-back", {{"note", id}}).status ==
              303);
        house.site.clock.move(5min);
        house.run_jobs();
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("Too quick."));
        CHECK_FALSE(house.as(two.ben).get("/notices").has("Ada"));
        // The week begins only with what was sent.
        CHECK(say_hello(house, two.ada, two.ben, "Slower.") == 303);
        auto const second = std::string(notes().at(0).at("id").as_string());
        house.site.clock.move(30min);
        CHECK(
            house.as(two.ada).post(two.ben.bond + "/hello/take-back", {{"note", second}}).status ==
            409);
        house.run_jobs();
        CHECK(house.as(two.ben).get(two.ada.bond).has("Slower."));
    });
}

TEST_CASE("the receiver's pace holds a note, and the sender sees the same at any pace") {
    on_both([](House& house) {
        Two const two(house);
        auto const mine = [&] {
            return boost::json::serialize(house.as(two.ada)
                                              .get_json(two.ben.bond)
                                              .json()
                                              .at("hello")
                                              .at("notes")
                                              .at(0)
                                              .at("at"));
        };
        set_pace(house, two.ben, Delivery::weekly, 0);
        CHECK(say_hello(house, two.ada, two.ben, "No hurry.") == 303);
        auto const sent = mine();
        house.site.clock.move(6 * 24h);
        house.run_jobs();
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("No hurry."));
        CHECK_FALSE(house.as(two.ben).get("/notices").has("Ada"));
        house.site.clock.move(2 * 24h);
        house.run_jobs();
        CHECK(house.as(two.ben).get(two.ada.bond).has("No hurry."));
        CHECK(mine() == sent);
    });
}

TEST_CASE(
    "a note doesn't arrive when its receiver has stepped back before, and its sender can't tell") {
    on_both([](House& house) {
        Two const two(house);
        set_pace(house, two.ben, Delivery::daily, 0);
        CHECK(say_hello(house, two.ada, two.ben, "Are you there?") == 303);
        CHECK(house.as(two.ben).post(two.ada.bond + "/step-back", {{"step", "apart"}}).status ==
              303);
        house.site.clock.move(2 * 24h);
        house.run_jobs();
        CHECK_FALSE(house.as(two.ben).get("/notices").has("Ada"));
        house.give(two.ben, two.ada, Step::hello);
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("Are you there?"));
        CHECK(house.as(two.ada).get(two.ben.bond).has("Are you there?"));
    });
}

TEST_CASE("a note doesn't arrive past a dial that was closed, a suspension or a lower ceiling") {
    on_both([](House& house) {
        Two const two(house);
        std::vector<std::pair<std::string, std::function<void()>>> const closings = {
            {"dial", [&] { house.set_dial(two.ben, Openness::circles); }},
            {"sender's dial", [&] { house.set_dial(two.ada, Openness::circles); }},
            {"ceiling", [&] { house.set_ceiling(Step::same_circle); }},
            {"suspension", [&] { house.disable(two.ada); }},
        };
        for (auto const& [name, close] : closings) {
            CAPTURE(name);
            set_pace(house, two.ben, Delivery::daily, 0);
            CHECK(say_hello(house, two.ada, two.ben, "By " + name) == 303);
            close();
            house.site.clock.move(2 * 24h);
            house.run_jobs();
            CHECK_FALSE(house.as(two.ben).get("/notices").has("Ada"));
            for (auto const* one : {&two.ada, &two.ben}) house.set_dial(*one, Openness::letters);
            house.set_ceiling(Step::kin);
            CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("By " + name));
            house.site.clock.move(limits::hello_time);
        }
    });
}

TEST_CASE("a note to somebody who rests waits for them, and so does one from somebody who does") {
    on_both([](House& house) {
        Two const two(house);
        set_pace(house, two.ben, Delivery::daily, 0);
        CHECK(say_hello(house, two.ada, two.ben, "Rest well.") == 303);
        for (auto const* one : {&two.ada, &two.ben}) house.set_dial(*one, Openness::resting);
        house.site.clock.move(2 * 24h);
        house.run_jobs();
        for (auto const* one : {&two.ada, &two.ben}) house.set_dial(*one, Openness::letters);
        CHECK(house.as(two.ben).get(two.ada.bond).has("Rest well."));
    });
}

TEST_CASE("quiet hours that begin while a note waits hold it until they end") {
    on_both([](House& house) {
        Two const two(house);
        set_pace(house, two.ada, Delivery::now, 30);
        CHECK(say_hello(house, two.ada, two.ben, "In a while.") == 303);
        // It is noon.
        notify::NoticeWishes wishes;
        wishes.quiet = {12h, 14h};
        house.write(
            [&](database::Write& write) { notify::keep_wishes(write, two.ben.id, wishes); });
        house.site.clock.move(31min);
        house.run_jobs();
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("In a while."));
        house.site.clock.move(2h);
        house.run_jobs();
        CHECK(house.as(two.ben).get(two.ada.bond).has("In a while."));
    });
}

}  // namespace
}  // namespace kith::bonds
