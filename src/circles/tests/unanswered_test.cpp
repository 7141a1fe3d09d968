#include "circles/unanswered.hpp"
#include "circles/unanswered_store.hpp"
#include "circles_site.hpp"
#include "talk/waiting_store.hpp"

namespace kith::tests {
namespace {

/// The titles that wait for this person.
std::vector<std::string> waits_for(CirclesSite& house, Person const& person) {
    std::vector<std::string> titles;
    house.site.database().read([&](database::Read& read) {
        for (auto const& row : circles::unanswered_in_kept(read, person.viewer()))
            titles.push_back(row.title);
    });
    return titles;
}

using Titles = std::vector<std::string>;

TEST_CASE("a conversation without an answer waits for who keeps its circle, the oldest first") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        house.join(house.cleo, circle);
        auto const first = house.begin(house.ben, circle, {{"title", "First"}});
        house.site.clock.move(std::chrono::hours(1));
        static_cast<void>(house.begin(house.cleo, circle, {{"title", "Second"}}));
        static_cast<void>(house.begin(house.ada, circle, {{"title", "Her own"}}));
        CHECK(waits_for(house, house.ada) == Titles{"First", "Second"});
        for (auto const& person : {house.ben, house.cleo, house.dan, house.guide, house.host})
            CHECK(waits_for(house, person).empty());
        house.say(house.ben, first, "I answer myself.");
        CHECK(waits_for(house, house.ada) == Titles{"First", "Second"});
        house.say(house.cleo, first, "I hear you.");
        CHECK(waits_for(house, house.ada) == Titles{"Second"});
    });
}

TEST_CASE("in a large circle a keeper sees nothing wait of somebody whom they are apart from") {
    on_both([](CirclesSite& house) {
        house.allow(50);
        auto const circle = house.make(house.ada, {{"size_max", "50"}});
        house.join(house.ben, circle);
        house.join(house.cleo, circle);
        auto const said = house.begin(house.ben, circle, {{"title", "First"}});
        house.say(house.cleo, said, "I hear you.");
        CHECK(waits_for(house, house.ada).empty());
        // What Cleo does changes nothing for Ada, who is apart from her.
        house.keep_distance(house.ada, house.cleo);
        CHECK(waits_for(house, house.ada) == Titles{"First"});
        house.keep_distance(house.ada, house.ben);
        CHECK(waits_for(house, house.ada).empty());
    });
}

TEST_CASE("what was taken back, closed or begun by somebody who left waits for nobody") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        auto const taken_back = house.begin(house.ben, circle, {{"patience", "day"}});
        auto const closed = house.begin(house.ben, circle);
        REQUIRE(house.as(house.ben).post(taken_back + "/withdraw").status == 303);
        REQUIRE(house.as(house.ben).post(closed + "/close").status == 303);
        CHECK(waits_for(house, house.ada).empty());
        auto const left = house.begin(house.ben, circle, {{"patience", "day"}});
        house.site.clock.move(std::chrono::hours(25));
        auto const words = [&] {
            return house.site.database().read([&](database::Read& read) {
                auto const due = talk::due_waits(read, Viewer::server(), house.site.clock.now());
                REQUIRE(due.size() == 1);
                return circles::unanswered().front().first_words(read, due.front().public_id);
            });
        };
        REQUIRE(words());
        CHECK(words()->title == "The first frost");
        CHECK(words()->url == left);
        REQUIRE(house.as(house.ben).post(circle + "/leave").status == 303);
        CHECK_FALSE(words());
    });
}

TEST_CASE("who begins a conversation says how far it may travel, and nobody else does") {
    CirclesSite house;
    house.write([&](database::Write& write) { separate(write, house.ben, house.dan); });
    auto const circle = house.make(house.ada);
    house.join(house.ben, circle);
    auto ben = house.as(house.ben);
    auto const begin = ben.get(circle + "/conversations/new");
    CHECK(begin.has("Guides now: Gil Guide."));
    CHECK(begin.has("Nobody is a greeter here yet."));
    auto const mistaken = ben.post(circle + "/conversations",
                                   {{"title", ""}, {"body", "Hello"}, {"patience", "three_days"}});
    CHECK(mistaken.status == 422);
    CHECK(mistaken.has("value=\"three_days\" checked"));
    auto const path = house.begin(house.ben, circle, {{"patience", "week"}});
    auto const page = ben.get_json(path);
    CHECK(page.json().at("wait").at("patience").as_string() == "week");
    CHECK(page.json().at("wait").at("reach").as_string() == "here");
    CHECK(ben.get(path).has("Nothing has travelled yet."));
    CHECK(ben.post(path + "/patience", {{"patience", "forever"}}).status == 422);
    REQUIRE(ben.post(path + "/patience", {{"patience", "day"}}).status == 303);
    CHECK(ben.get_json(path).json().at("wait").at("patience").as_string() == "day");
    CHECK(house.as(house.ada).get_json(path).json().at("wait").is_null());
    CHECK_FALSE(house.as(house.ada).get(path).has("patience"));
    for (auto const& person : {house.ada, house.cleo, house.host})
        CHECK(house.as(person).post(path + "/patience", {{"patience", "stay"}}).status == 404);
    CHECK(house.stranger().post(path + "/patience", {{"patience", "stay"}}).status == 401);
    house.say(house.ada, path, "I hear you.");
    CHECK(ben.get_json(path).json().at("wait").is_null());
}

}  // namespace
}  // namespace kith::tests
