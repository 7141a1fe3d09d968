#include "full_site.hpp"
#include "talk/waiting.hpp"
#include "welcome/welcome_handlers.hpp"

namespace kith::app {
namespace {

using namespace testing;
using Paths = std::vector<std::string>;

/// What waits for whoever uses this browser, by its address.
Paths waits_for(tests::Browser browser) {
    Paths urls;
    auto const page = browser.get_json("/unanswered").json();
    for (auto const& item : page.at("items").as_array())
        urls.emplace_back(item.at("url").as_string());
    return urls;
}

/// The community of the demo: Mo's words waited in a circle that Sia keeps and Hal belongs to; Gil
/// greets, and is in another circle. Hal has said hello.
struct Waiting {
    Waiting() {
        house.fill();
        auto gil = house.as(Role::guide);
        for (auto const& url : waits_for(gil))
            (url.starts_with("/unanswered/") ? place : hello) = url;
        auto const page = house.as(Role::member).get_json(place).json();
        conversation = std::string(page.at("home_url").as_string());
    }
    FullSite house;
    std::string place;
    std::string hello;
    std::string conversation;
};

TEST_CASE("words of a circle wait for its keeper, and come to greeters without the circle") {
    Waiting scene;
    REQUIRE_FALSE(scene.place.empty());
    REQUIRE(scene.hello.starts_with("/introductions/"));
    CHECK(waits_for(scene.house.as(Role::steward)) == Paths{scene.conversation, scene.hello});
    CHECK(waits_for(scene.house.as(Role::host)).empty());
    CHECK(waits_for(scene.house.as(Role::member)).empty());
    auto gil = scene.house.as(Role::guide);
    CHECK(gil.get(scene.place).has("stood outside until they closed"));
    CHECK_FALSE(gil.get(scene.place).has("Quiet Mornings"));
    CHECK(gil.get_json(scene.conversation).status == 404);
    for (auto const role : {Role::steward, Role::host}) {
        auto browser = scene.house.as(role);
        CHECK(browser.get_json(scene.conversation).status == 200);
        auto const missing = "/unanswered/" + std::string(22, 'A');
        CHECK(browser.get(scene.place).body == browser.get(missing).body);
        CHECK(browser.get_json(scene.place).body == browser.get_json(missing).body);
    }
    CHECK(scene.house.as(Role::stranger).get_json(scene.place).status == 401);
}

TEST_CASE("once the circle has answered, greeters find nothing more of it") {
    Waiting scene;
    auto sia = scene.house.as(Role::steward);
    REQUIRE(sia.post(scene.conversation + "/comments", {{"body", "I hear you."}}).status == 303);
    CHECK(waits_for(scene.house.as(Role::guide)) == Paths{scene.hello});
    scene.house.write(
        [&](database::Write& write) { welcome::travel(scene.house.site.site(), write); });
    auto gil = scene.house.as(Role::guide);
    CHECK(gil.get(scene.place).status == 404);
    auto const page = scene.house.as(Role::member).get_json(scene.conversation).json();
    CHECK(page.at("wait").at("reach").as_string() == "here");
}

TEST_CASE("a conversation that is taken back is gone wherever it had travelled") {
    Waiting scene;
    auto gil = scene.house.as(Role::guide);
    REQUIRE(gil.post(scene.place + "/comments", {{"body", "I read you."}}).status == 303);
    auto mo = scene.house.as(Role::member);
    REQUIRE(mo.post(scene.conversation + "/withdraw").status == 303);
    CHECK(gil.get(scene.place).status == 404);
    CHECK(mo.get(scene.place).status == 404);
    CHECK(waits_for(scene.house.as(Role::guide)) == Paths{scene.hello});
}

TEST_CASE("somebody who leaves their circle has nothing read elsewhere either") {
    Waiting scene;
    auto mo = scene.house.as(Role::member);
    auto const page = mo.get_json(scene.conversation).json();
    auto const circle = std::string(page.at("circle_url").as_string());
    REQUIRE(mo.post(circle + "/leave").status == 303);
    auto gil = scene.house.as(Role::guide);
    CHECK(gil.get(scene.place).status == 404);
    CHECK(gil.post(scene.place + "/comments", {{"body", "Hi"}}).status == 404);
    CHECK(waits_for(gil) == Paths{scene.hello});
}

TEST_CASE("today says what needs its member, who waits, and what is new, and ends") {
    Waiting scene;
    auto const today = scene.house.as(Role::guide).get_json("/").json();
    REQUIRE(today.at("waits").as_array().size() == 1);
    auto const& lines = today.at("waits").at(0).at("lines").as_array();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].as_string() == "Mo Member: “The post office again”, since yesterday");
    CHECK(today.at("beginnings").as_array().size() == 1);
    CHECK(today.at("heading").as_string() == "You are in, Gil Guide");
    scene.house.site.clock.move(std::chrono::hours(7 * 24 + 12));
    auto guide = scene.house.as(Role::guide);
    auto const later = guide.get_json("/").json();
    CHECK(later.at("beginnings").as_array().empty());
    CHECK(later.at("heading").as_string() == "Monday morning");
    CHECK(guide.get("/").has("That is everything."));
    CHECK(scene.house.as(Role::stranger).get("/").has("Come in"));
}

}  // namespace
}  // namespace kith::app
