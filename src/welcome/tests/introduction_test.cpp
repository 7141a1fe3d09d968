#include "welcome_site.hpp"

namespace kith::tests {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;
using Paths = std::vector<std::string>;

TEST_CASE("a hello is read by members, and waits for greeters and stewards until it is answered") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        auto const path = house.hello(house.ada);
        for (auto const& person : {house.ada, house.ben, house.greta, house.gil, house.sam}) {
            CHECK(house.as(person).get(path).has("asked about <em>bread</em>"));
            CHECK(house.as(person).get_json(path).json().at("title").as_string() ==
                  "Ada says hello");
        }
        CHECK(house.stranger().get_json(path).status == 401);
        CHECK(house.waits_for(house.greta) == Paths{path});
        CHECK(house.waits_for(house.sam) == Paths{path});
        for (auto const& person : {house.ada, house.ben, house.gil})
            CHECK(house.waits_for(person).empty());
        REQUIRE(house.as(house.ada).post(path + "/comments", {{"body", "Oh."}}).status == 303);
        CHECK(house.waits_for(house.greta) == Paths{path});
        REQUIRE(house.as(house.sam).post(path + "/comments", {{"body", "Rye?"}}).status == 303);
        CHECK(house.waits_for(house.greta).empty());
        CHECK(house.waits_for(house.sam).empty());
    });
}

TEST_CASE("who is apart from somebody finds nothing of their hello, as if it were not there") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        auto const path = house.hello(house.ada);
        house.keep_apart(house.ada, house.greta);
        auto greta = house.as(house.greta);
        auto const nowhere = "/introductions/" + std::string(22, 'A');
        CHECK(greta.get(path).status == 404);
        CHECK(greta.get(path).body == greta.get(nowhere).body);
        CHECK(greta.get_json(path).body == greta.get_json(nowhere).body);
        for (auto const* const verb : {"/comments", "/patience", "/withdraw"})
            CHECK(greta.post(path + verb, {{"body", "Hi"}}).status == 404);
        CHECK(house.waits_for(house.greta).empty());
        // Nor is a greeter offered to somebody who is apart from them.
        CHECK_FALSE(house.as(house.ada).get("/welcome/introduction").has("Greta"));
    });
}

TEST_CASE("a greeter who is asked by name is told, and the author reads whom they asked") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        CHECK(house.as(house.ada).get("/welcome/introduction").has("Greta will read what you"));
        auto const path = house.hello(house.ada, {{"greeter", house.greta.public_id.text()}});
        CHECK(house.told("welcome.asked") == Names{"Greta"});
        CHECK(house.as(house.ada).get(path).has("You asked Greta to read it."));
        CHECK_FALSE(house.as(house.ben).get(path).has("Greta"));
        // Somebody who doesn't greet can't be asked.
        static_cast<void>(house.hello(house.ben, {{"greeter", house.sam.public_id.text()}}));
        CHECK(house.told("welcome.asked") == Names{"Greta"});
        REQUIRE(house.as(house.ada).post(path + "/withdraw").status == 303);
        CHECK(house.told("welcome.asked").empty());
    });
}

TEST_CASE("one hello each: said again it changes, and only its author changes or takes it back") {
    on_both([](WelcomeSite& house) {
        auto const path = house.hello(house.ada);
        auto ada = house.as(house.ada);
        CHECK(ada.get("/welcome/introduction").has("I like being asked about *bread*."));
        CHECK(house.hello(house.ada, {}) == path);
        REQUIRE(ada.post("/welcome/introduction", {{"body", "Just bread."}}).status == 303);
        CHECK(house.as(house.ben).get(path).has("Just bread."));
        CHECK(ada.post("/welcome/introduction", {{"body", " "}}).status == 422);
        CHECK(house.as(house.ben).post(path + "/withdraw").status == 404);
        CHECK(house.as(house.ben).post(path + "/patience", {{"patience", "day"}}).status == 404);
        CHECK(house.stranger().post(path + "/withdraw").status == 401);
        REQUIRE(ada.post(path + "/withdraw").status == 303);
        for (auto const& person : {house.ada, house.ben, house.sam})
            CHECK(house.as(person).get(path).status == 404);
        CHECK(house.waits_for(house.sam).empty());
        CHECK(house.hello(house.ada) != path);
    });
}

TEST_CASE("a hello that nobody answers comes to guides when its author said so, and not before") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        auto const path = house.hello(house.ada, {{"patience", "day"}});
        auto const stays = house.hello(house.ben);
        house.site.clock.move(24h);
        house.travel();
        CHECK(house.told("welcome.waits") == Names{"Greta"});
        CHECK(house.waits_for(house.gil).empty());
        house.site.clock.move(24h);
        house.travel();
        house.travel();
        CHECK(house.told("welcome.waits") == Names{"Greta", "Gil"});
        CHECK(house.waits_for(house.gil) == Paths{path});
        CHECK(house.waits_for(house.greta) == Paths{path, stays});
        auto const page = house.as(house.ada).get_json(path).json();
        CHECK(page.at("wait").at("reach").as_string() == "guides");
        REQUIRE(house.as(house.ada).post(path + "/patience", {{"patience", "stay"}}).status == 303);
        CHECK(house.waits_for(house.gil).empty());
        CHECK(house.told("welcome.waits").empty());
    });
}

}  // namespace
}  // namespace kith::tests
