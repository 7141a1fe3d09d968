#include "circles_site.hpp"

using namespace kith;
using namespace kith::tests;

TEST_CASE("a circle is made, and its page says who reads it, who leads and what that means") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada, {{"culture", "Tagalog"}});
        auto const page = house.as(house.ada).get(circle);
        CHECK(page.status == 200);
        CHECK(page.has("Seen by you alone: you are the one member of Quiet Mornings."));
        CHECK(page.has("Ada keeps this circle."));
        CHECK(page.has("Keepers let people in"));
        CHECK(page.has("What is said here stays here."));
        CHECK(page.has("Tagalog"));
        house.join(house.ben, circle);
        CHECK(house.as(house.ada).get(circle).has("Seen by the 2 members of Quiet Mornings."));
        auto const json = house.as(house.ben).get_json(circle).json();
        CHECK(json.at("name") == "Quiet Mornings");
        CHECK(json.at("people").as_array().size() == 2);
    });
}

TEST_CASE(
    "a listed circle is found by members, an unlisted one by its link, a hidden one by nobody") {
    on_both([](CirclesSite& house) {
        auto const listed = house.make(house.ada, {{"name", "Listed ones"}});
        auto const unlisted =
            house.make(house.ada, {{"name", "Unlisted ones"}, {"listing", "unlisted"}});
        auto const hidden = house.make(house.ada, {{"name", "Hidden ones"}, {"listing", "hidden"}});
        auto ben = house.as(house.ben);
        auto const list = ben.get("/circles");
        CHECK(list.has("Listed ones"));
        CHECK_FALSE(list.has("Unlisted ones"));
        CHECK_FALSE(list.has("Hidden ones"));
        CHECK(list.has("These are all circles that you can find."));
        CHECK(ben.get(listed).status == 200);
        CHECK(ben.get(unlisted).status == 200);
        CHECK(ben.get(hidden).status == 404);
        for (auto browser : {ben, house.as(house.host)})
            CHECK(browser.get(hidden).body == CirclesSite::missing(browser));
        CHECK(house.as(house.ada).get("/circles").has("Hidden ones"));
        CHECK(house.stranger().get(listed).status == 303);
        CHECK(house.stranger().get_json(listed).status == 401);
    });
}

TEST_CASE("who doesn't belong to a circle reads nothing of it but what it says of itself") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        auto const conversation = house.begin(house.ben, circle);
        auto dan = house.as(house.dan);
        auto const page = dan.get(circle);
        CHECK(page.has("Ada keeps this circle."));
        CHECK_FALSE(page.has("Ben"));
        CHECK_FALSE(page.has("The first frost"));
        CHECK_FALSE(page.has("2 members"));
        CHECK(dan.get_json(circle).json().at("people").as_array().empty());
        auto const nothing = CirclesSite::missing(dan);
        for (auto const* part : {"/members", "/settings", "/requests", "/invitations",
                                 "/conversations", "/conversations/new"})
            CHECK(dan.get(circle + part).body == nothing);
        CHECK(dan.get(conversation).body == nothing);
        CHECK(house.as(house.host).get(conversation).status == 404);
        CHECK(dan.post(conversation + "/comments", {{"body", "x"}}).status == 404);
        CHECK(dan.post(circle + "/conversations", {{"title", "x"}, {"body", "x"}}).status == 404);
        CHECK(dan.post(circle + "/copy").status == 404);
    });
}

TEST_CASE("only keepers change a circle; what changed meanwhile isn't overwritten") {
    CirclesSite house;
    auto const circle = house.make(house.ada);
    house.join(house.ben, circle);
    auto ben = house.as(house.ben);
    CHECK(ben.get(circle + "/settings").body == CirclesSite::missing(ben));
    CHECK(ben.post(circle + "/settings", CirclesSite::circle_form()).status == 404);
    CHECK(ben.post(circle + "/close").status == 404);
    CHECK(ben.post(circle + "/invitations", {{"to", "Dan"}}).status == 404);
    CHECK(ben.post(circle + "/members/" + house.ada.public_id.text() + "/remove", {{"reason", "x"}})
              .status == 404);
    auto ada = house.as(house.ada);
    CHECK(ada.post(circle + "/settings",
                   CirclesSite::circle_form({{"name", "Later"}, {"agreement", "New words."}}))
              .status == 303);
    CHECK(ada.get(circle).has("Later"));
    auto const stale =
        ada.post(circle + "/settings", CirclesSite::circle_form({{"purpose", "Kept purpose"}}));
    CHECK(stale.status == 409);
    CHECK(stale.has("Kept purpose"));
    CHECK(ada.get(circle).has("New words."));
}

TEST_CASE("a form's mistakes are named, and what was typed is kept") {
    CirclesSite house;
    auto const wrong = house.as(house.ada).post(
        "/circles/new",
        CirclesSite::circle_form({{"name", ""}, {"purpose", "Kept"}, {"size_max", "13"}}));
    CHECK(wrong.status == 422);
    CHECK(wrong.has("Kept"));
    CHECK(wrong.has("A number from 2 to 12, please."));
    house.allow(40);
    auto const large = house.make(house.ada, {{"size_max", "40"}});
    CHECK(house.as(house.ada).get(large).has("40 people at most"));
}

TEST_CASE("only a guide makes a guided circle") {
    CirclesSite house;
    auto const form = CirclesSite::circle_form({{"kind", "therapy"}});
    CHECK(house.as(house.ada).post("/circles/new", form).status == 422);
    CHECK_FALSE(house.as(house.ada).get("/circles/new").has("value=\"therapy\""));
    CHECK(house.as(house.guide).post("/circles/new", form).status == 303);
    CHECK(house.as(house.guide).get("/circles/new").has("value=\"therapy\""));
}

TEST_CASE("a circle made by someone apart isn't there, and nobody apart is named as its keeper") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.cleo, circle);
        REQUIRE(house.as(house.ada)
                    .post(circle + "/members/" + house.cleo.public_id.text() + "/keeper")
                    .status == 303);
        house.keep_distance(house.ada, house.ben);
        house.keep_distance(house.cleo, house.dan);
        auto ben = house.as(house.ben);
        CHECK(ben.get(circle).body == CirclesSite::missing(ben));
        CHECK_FALSE(ben.get("/circles").has("Quiet Mornings"));
        auto dan = house.as(house.dan);
        auto const page = dan.get(circle);
        CHECK(page.status == 200);
        CHECK(page.has("Ada keeps this circle."));
        CHECK_FALSE(page.has("Cleo"));
    });
}

TEST_CASE("in a small circle everyone sees who is there; in a larger one distance hides") {
    on_both([](CirclesSite& house) {
        house.allow(40);
        for (auto const* size : {"12", "13"}) {
            CAPTURE(size);
            bool const small = std::string_view(size) == "12";
            auto const circle = house.make(house.ada, {{"size_max", size}});
            house.join(house.ben, circle);
            house.join(house.cleo, circle);
            house.keep_distance(house.ben, house.cleo);
            auto const page = house.as(house.ben).get(circle);
            CHECK(page.has("Cleo") == small);
            CHECK(house.as(house.ben).get(circle + "/members").has("Cleo") == small);
            CHECK(page.has("Seen by the 3 members of Quiet Mornings.") == small);
            CHECK(page.has("Seen by the 2 members of Quiet Mornings whom you see here") == !small);
            house.write([&](database::Write& write) {
                database::execute(write, database::Sql("delete from separations"));
            });
        }
    });
}

TEST_CASE("a circle that was large stays one where distance hides") {
    CirclesSite house;
    house.allow(40);
    auto const circle = house.make(house.ada, {{"size_max", "13"}});
    house.join(house.ben, circle);
    house.join(house.cleo, circle);
    house.keep_distance(house.ben, house.cleo);
    CHECK(house.as(house.ada).post(circle + "/settings", CirclesSite::circle_form()).status == 303);
    CHECK_FALSE(house.as(house.ben).get(circle).has("Cleo"));
}

TEST_CASE("the list of circles goes on page by page, each circle once, and ends") {
    CirclesSite house;
    for (int i = 0; i < 6; ++i)
        for (auto const* keeper :
             {&house.ada, &house.ben, &house.cleo, &house.guide, &house.host, &house.dan}) {
            house.site.clock.move(std::chrono::hours(24));
            for (int j = 0; j < 2; ++j)
                static_cast<void>(house.make(
                    *keeper,
                    {{"name", "C" + std::to_string(i) + keeper->name + std::to_string(j)}}));
        }
    auto const reader = house.person("Rea");
    auto browser = house.as(reader);
    auto const first = browser.get_json("/circles").json();
    CHECK(first.at("items").as_array().size() == 50);
    auto const next = std::string(first.at("next_url").as_string());
    auto const second = browser.get_json(next).json();
    CHECK(second.at("items").as_array().size() == 22);
    CHECK(second.at("next_url").is_null());
    CHECK(house.as(house.ada).get_json(next).json().at("first") == true);
}
