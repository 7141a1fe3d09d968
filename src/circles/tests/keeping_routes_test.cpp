#include "base/limits.hpp"
#include "circles/own_words.hpp"
#include "circles_site.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

std::string acts(std::string const& circle, Person const& person) {
    return circle + "/members/" + person.public_id.text();
}

}  // namespace

TEST_CASE("leaving takes one step; what was said stays, and is read no more by who left") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        auto const conversation = house.begin(house.ben, circle);
        auto ben = house.as(house.ben);
        CHECK(ben.post(circle + "/leave").status == 303);
        CHECK(ben.get(conversation).status == 404);
        CHECK(ben.get(circle + "/members").status == 404);
        CHECK(house.as(house.ada).get(conversation).has("It was <em>white</em>"));
        CHECK(ben.post(circle + "/leave").status == 404);
        CHECK(house.stranger().post(circle + "/leave").status == 401);
        house.site.clock.move(std::chrono::hours(1));
        house.join(house.ben, circle);
        CHECK(ben.get(conversation).status == 404);
    });
}

TEST_CASE("the last keeper who leaves is told who keeps the circle then: who is there longest") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        for (auto const* person : {&house.ben, &house.cleo}) {
            house.site.clock.move(std::chrono::hours(1));
            house.join(*person, circle);
        }
        CHECK(house.as(house.ada).get(circle).has("whoever has been here longest keeps it"));
        CHECK_FALSE(house.as(house.ben).get(circle).has("whoever has been here longest"));
        CHECK(house.as(house.ada).post(circle + "/leave").status == 303);
        CHECK(house.as(house.ben).get(circle + "/settings").status == 200);
        CHECK(house.as(house.cleo).get(circle + "/settings").status == 404);
    });
}

TEST_CASE("a guided circle passes on to a guide alone; without one it closes, and can be read") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.guide, {{"kind", "therapy"}});
        house.join(house.ben, circle);
        auto guide = house.as(house.guide);
        CHECK(guide.post(acts(circle, house.ben) + "/keeper").status == 409);
        CHECK(guide.get(circle).has("If you leave, it closes"));
        CHECK(guide.post(circle + "/leave").status == 303);
        auto ben = house.as(house.ben);
        CHECK(ben.get(circle).has("This circle is closed."));
        CHECK(ben.get(circle + "/settings").status == 404);
        CHECK(house.as(house.cleo).get(circle).status == 404);
    });
}

TEST_CASE("keepers name others, hand over and step down; somebody always keeps the circle") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        house.join(house.cleo, circle);
        auto ada = house.as(house.ada);
        CHECK(ada.post(circle + "/step-down").status == 409);
        CHECK(house.as(house.ben).post(acts(circle, house.cleo) + "/keeper").status == 404);
        CHECK(ada.post(acts(circle, house.dan) + "/keeper").status == 404);
        CHECK(ada.post(acts(circle, house.ben) + "/keeper").status == 303);
        CHECK(ada.get(circle).has("Ada and Ben keep this circle."));
        CHECK(ada.post(circle + "/step-down").status == 303);
        CHECK(ada.get(circle + "/settings").status == 404);
        CHECK(house.as(house.ben)
                  .post(acts(circle, house.cleo) + "/keeper", {{"hand_over", "1"}})
                  .status == 303);
        CHECK(house.as(house.ben).get(circle + "/settings").status == 404);
        CHECK(house.as(house.cleo).get(circle + "/settings").status == 200);
    });
}

TEST_CASE(
    "a closed circle is read for thirty days, takes no words, and is erased with all of them") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        auto const conversation = house.begin(house.ben, circle);
        house.say(house.ada, conversation, "Under the frost");
        CHECK(house.as(house.ada).post(circle + "/close").status == 303);
        auto ben = house.as(house.ben);
        CHECK(ben.get(conversation).has("Under the frost"));
        CHECK_FALSE(ben.get(conversation).has("<textarea"));
        CHECK(ben.post(conversation + "/comments", {{"body", "more"}}).status == 409);
        CHECK(ben.post(circle + "/conversations", {{"title", "x"}, {"body", "y"}}).status == 409);
        CHECK(house.as(house.ada).post(circle + "/settings", CirclesSite::circle_form()).status ==
              409);
        CHECK(house.as(house.cleo).get(circle).status == 404);
        circles::tidy(house.site.site());
        CHECK(ben.get(circle).status == 200);
        house.site.clock.move(limits::circle_closed_time);
        circles::tidy(house.site.site());
        CHECK(ben.get(circle).body == CirclesSite::missing(ben));
        auto const left = house.write([](database::Write& write) {
            return database::number(write, database::Sql("select count(*) from comments")) +
                   database::number(write, database::Sql("select count(*) from conversations")) +
                   database::number(write, database::Sql("select count(*) from talk_groups"));
        });
        CHECK(left == 0);
    });
}

TEST_CASE("a circle that everybody has left is erased") {
    CirclesSite house;
    auto const circle = house.make(house.ada, {{"name", "Left alone"}});
    CHECK(house.as(house.ada).get(circle).has("If you leave, the circle is erased."));
    CHECK(house.as(house.ada).post(circle + "/leave").status == 303);
    CHECK_FALSE(house.as(house.ben).get("/circles").has("Left alone"));
    circles::tidy(house.site.site());
    auto const left = house.write([](database::Write& write) {
        return database::number(write, database::Sql("select count(*) from circles"));
    });
    CHECK(left == 0);
}

TEST_CASE("a guide who is none any more keeps no guided circle") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.guide, {{"kind", "therapy"}});
        house.join(house.ben, circle);
        house.write([&](database::Write& write) {
            members::set_role(house.site.site(), write, house.guide.id, Role::member);
        });
        CHECK(house.as(house.guide).get(circle + "/settings").status == 404);
        circles::tidy(house.site.site());
        CHECK(house.as(house.ben).get(circle).has("This circle is closed."));
    });
}

TEST_CASE("a copy holds what its taker may read, with the others under names of its own") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        auto const conversation = house.begin(house.ben, circle);
        house.say(house.ada, conversation, "Mine");
        auto ada = house.as(house.ada);
        auto const copy = ada.post(circle + "/copy");
        CHECK(copy.status == 200);
        CHECK(copy.header("content-type") == "application/zip");
        CHECK(copy.body.starts_with("PK"));
        CHECK(house.as(house.dan).post(circle + "/copy").status == 404);
        CHECK(house.stranger().post(circle + "/copy").status == 401);
    });
}

TEST_CASE("one's own copy and erasure: one's words go, the circle is kept by another") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        auto const conversation = house.begin(house.ada, circle);
        house.say(house.ben, conversation, "Ben's answer");
        CHECK(house.as(house.ada)
                  .post("/settings/sharing", {{"goals", "rest"}, {"shown", "1"}})
                  .status == 303);
        web::Archive archive;
        house.site.database().read([&](database::Read& read) {
            circles::export_own(house.site.site(), read, house.ada.id, archive);
        });
        auto const& json = archive.entries().front().bytes;
        CHECK(json.find("It was *white* at seven.") != std::string::npos);
        CHECK(json.find("Quiet Mornings") != std::string::npos);
        CHECK(json.find("rest") != std::string::npos);
        CHECK(json.find("Ben") == std::string::npos);
        house.write([&](database::Write& write) { circles::erase_own(write, house.ada.id); });
        auto ben = house.as(house.ben);
        CHECK(ben.get(conversation).status == 404);
        CHECK(ben.get(circle + "/settings").status == 200);
        CHECK_FALSE(ben.get(circle).has("Ada"));
        auto const words = house.write([](database::Write& write) {
            return database::number(
                write, database::Sql("select count(*) from conversations where markdown <> ''"));
        });
        CHECK(words == 0);
    });
}
