#include "circles_site.hpp"
#include "distance/distance_store.hpp"
#include "steady.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

void keep_distance(CirclesSite& house, Person const& who, Person const& other) {
    house.write([&](database::Write& write) {
        CHECK(distance::keep_distance(write, who.viewer(), other.id, other.name,
                                      house.site.clock.now()));
    });
}

void mute(CirclesSite& house, Person const& who, Person const& other) {
    house.write([&](database::Write& write) {
        CHECK(distance::mute(write, who.viewer(), other.id, other.name, house.site.clock.now()));
    });
}

}  // namespace

TEST_CASE("in a small circle the other's view is the same to the byte; only one's own folds") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        house.join(house.cleo, circle);
        auto const of_ben = house.begin(house.ben, circle);
        auto const of_cleo = house.begin(house.cleo, circle, {{"title", "The heron"}});
        house.say(house.cleo, of_ben, "Cold here too.");
        house.say(house.ben, of_cleo, "I saw it.");
        std::vector<std::string> const paths{circle,
                                             circle + "/members",
                                             circle + "/conversations",
                                             circle + "/conversations/new",
                                             of_ben,
                                             of_cleo,
                                             "/circles"};
        std::map<std::string, std::string> before;
        for (auto const* person : {&house.ada, &house.ben, &house.cleo})
            for (auto const& path : paths)
                before[person->name + path] = steady(house.as(*person).get(path).body);
        keep_distance(house, house.cleo, house.ben);
        for (auto const* person : {&house.ada, &house.ben})
            for (auto const& path : paths) {
                CAPTURE(person->name + path);
                CHECK(steady(house.as(*person).get(path).body) == before[person->name + path]);
            }
        auto cleo = house.as(house.cleo);
        CHECK(cleo.get(circle).has("Words of somebody you keep distance from"));
        CHECK_FALSE(cleo.get(circle).has("The first frost"));
        auto const page = cleo.get(of_ben);
        CHECK(page.has("Words of somebody you keep distance from"));
        CHECK(page.has("It was"));
        CHECK(page.has("Someone you keep distance from can read this."));
        CHECK(cleo.get(circle + "/conversations/new")
                  .has("Someone you keep distance from can read this."));
        house.write([&](database::Write& write) {
            distance::take_distance_back(write, house.cleo.viewer(), house.ben.id);
        });
        for (auto const& path : paths) {
            CAPTURE(path);
            CHECK(steady(house.as(house.cleo).get(path).body) == before["Cleo" + path]);
        }
    });
}

TEST_CASE("the small circles that two share are known by the view of them, and no large ones") {
    on_both([](CirclesSite& house) {
        house.allow(40);
        auto const small = house.make(house.ada, {{"name", "Small"}});
        auto const large = house.make(house.ada, {{"name", "Large"}, {"size_max", "13"}});
        for (auto const* person : {&house.ben, &house.cleo}) {
            house.join(*person, small);
            house.join(*person, large);
        }
        house.write([&](database::Write& write) {
            auto const viewer = house.cleo.viewer();
            auto const rooms = distance::rooms_shared(write, viewer, house.ben.id);
            REQUIRE(rooms.size() == 1);
            CHECK(rooms[0].name == "Small");
            CHECK(rooms[0].url == small);
            auto const keepers = distance::keepers_to_ask(write, viewer, house.ben.id);
            REQUIRE(keepers.size() == 1);
            CHECK(keepers[0].room == small);
            CHECK(keepers[0].name == "Ada");
            // Nobody asks the one whom it is about, nor someone from whom they are apart.
            CHECK(distance::keepers_to_ask(write, viewer, house.ada.id).empty());
            CHECK(distance::keep_distance(write, viewer, house.ada.id, "Ada",
                                          house.site.clock.now()));
            CHECK(distance::keepers_to_ask(write, viewer, house.ben.id).empty());
            CHECK(distance::rooms_shared(write, viewer, house.dan.id).empty());
        });
    });
}

TEST_CASE("a conversation of someone muted is a quiet line in the list, for the muter alone") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        house.join(house.cleo, circle);
        auto const conversation = house.begin(house.ben, circle);
        auto const for_ben = house.as(house.ben).get(circle).body;
        mute(house, house.cleo, house.ben);
        auto const list = house.as(house.cleo).get(circle);
        CHECK(list.has("Words of somebody you muted"));
        CHECK_FALSE(list.has("The first frost"));
        CHECK(list.has("href=\"" + conversation + "\""));
        CHECK(house.as(house.cleo).get(conversation).has("Words of somebody you muted"));
        CHECK(house.as(house.ada).get(circle).has("The first frost"));
        CHECK(house.as(house.ben).get(circle).body == for_ben);
    });
}

TEST_CASE("in a circle each person but oneself has the way to keep distance") {
    CirclesSite house;
    auto const circle = house.make(house.ada);
    house.join(house.ben, circle);
    auto const way = [](Person const& person) {
        return "/members/" + person.public_id.text() + "/distance?known=";
    };
    auto const members = house.as(house.ben).get(circle + "/members");
    CHECK(members.has(way(house.ada)));
    CHECK_FALSE(members.has(way(house.ben)));
    auto const conversation = house.begin(house.ada, circle);
    auto const page = house.as(house.ben).get(conversation);
    CHECK(page.has(way(house.ada)));
    CHECK(page.has("then=" + web::url_encode(conversation)));
    CHECK_FALSE(house.as(house.ada).get(conversation).has(way(house.ada)));
}

TEST_CASE(
    "an invitation by name goes with the distance to whoever made it, and comes back with it") {
    on_both([](CirclesSite& house) {
        auto const circle =
            house.make(house.ada, {{"joining", "invitation"}, {"listing", "hidden"}});
        CHECK(house.as(house.ada).post(circle + "/invitations", {{"to", "Ben"}}).status == 303);
        auto ben = house.as(house.ben);
        CHECK(ben.get("/circles").has(circle));
        CHECK(ben.get(circle).status == 200);
        keep_distance(house, house.ada, house.ben);
        CHECK_FALSE(ben.get("/circles").has(circle));
        CHECK(ben.get(circle).status == 404);
        CHECK(ben.post(circle + "/invitation/accept", {{"agreement_version", "1"}}).status == 404);
        CHECK(ben.post(circle + "/invitation/ignore").status == 404);
        house.write([&](database::Write& write) {
            distance::take_distance_back(write, house.ada.viewer(), house.ben.id);
        });
        CHECK(ben.get(circle).status == 200);
    });
}
