// What two have between them where the rooms meet: circles say who is in one with whom, and what
// the places are called of which somebody missed something.
#include "bonds/bonds.hpp"
#include "distance/distance_store.hpp"
#include "full_site.hpp"

namespace kith::app {
namespace {

using namespace testing;

bonds::Step step(FullSite& house, Role one, Role other) {
    return house.site.database().read([&](database::Read& read) {
        return bonds::effective_step(read, {house.ids.at(one), one}, house.ids.at(other));
    });
}

TEST_CASE("who shares a circle is in the same circle, and a small one stays that beside distance") {
    FullSite house;
    CHECK(step(house, Role::member, Role::host) == bonds::Step::apart);
    house.fill();
    CHECK(step(house, Role::member, Role::host) == bonds::Step::same_circle);
    CHECK(step(house, Role::host, Role::member) == bonds::Step::same_circle);
    house.write([&](database::Write& write) {
        CHECK(distance::keep_distance(write, {house.ids.at(Role::member), Role::member},
                                      house.ids.at(Role::host), "Hal", house.site.clock.now()));
    });
    CHECK(step(house, Role::member, Role::host) == bonds::Step::same_circle);
    constexpr database::Sql large = "update circles set small = 0";
    house.write([&](database::Write& write) { database::execute(write, large); });
    CHECK(step(house, Role::member, Role::host) == bonds::Step::apart);
}

TEST_CASE("what was missed in a circle stands under its name when one comes back") {
    FullSite house;
    house.fill();
    auto member = house.as(Role::member);
    CHECK(member.post("/rest", {{"days", "0"}}).status == 303);
    auto const circles = house.as(Role::host).get_json("/circles").json();
    auto const& circle = circles.at("own").at(0);
    auto const url = std::string(circle.at("url").as_string());
    auto host = house.as(Role::host);
    auto const begun =
        host.post(url + "/conversations",
                  {{"title", "The gate"}, {"body", "It sticks."}, {"asks_for", "ideas"}});
    CHECK(begun.status == 303);
    CHECK_FALSE(member.get("/notices").has("The gate"));
    CHECK(member.post("/rest/end").status == 303);
    auto const missed = member.get_json("/rest/missed").json();
    REQUIRE(missed.at("groups").as_array().size() >= 1);
    CHECK(missed.at("groups").at(0).at("title") == circle.at("name").as_string());
    CHECK(member.get("/").has("While you rested"));
}

}  // namespace
}  // namespace kith::app
