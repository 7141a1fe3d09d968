#include "base/limits.hpp"
#include "circles_site.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

FormFields const first_wording{{"agreement_version", "1"}};

Reply ask(CirclesSite& house, Person const& person, std::string const& circle,
          std::string const& words = "May I come?") {
    return house.as(person).post(circle + "/ask", {{"words", words}, {"agreement_version", "1"}});
}

std::string only_request(CirclesSite& house, Person const& keeper, std::string const& circle) {
    auto const items = house.as(keeper).get_json(circle + "/requests").json().at("items");
    REQUIRE(items.as_array().size() == 1);
    auto const url = std::string(items.at(0).at("let_in_url").as_string());
    return url.substr(0, url.rfind('/'));
}

}  // namespace

TEST_CASE("an open door: the agreement that stands there is accepted on the way in") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        auto ben = house.as(house.ben);
        CHECK(ben.post(circle + "/join", {{"agreement_version", "7"}}).status == 409);
        CHECK(ben.post(circle + "/join").status == 409);
        CHECK_FALSE(house.as(house.ada).get(circle).has("Ben"));
        CHECK(ben.post(circle + "/join", first_wording).status == 303);
        CHECK(house.as(house.ada).get(circle).has("Ben"));
        CHECK(ben.post(circle + "/join", first_wording).status == 409);
        CHECK(house.stranger().post(circle + "/join", first_wording).status == 401);
    });
}

TEST_CASE("a full circle says so, and nothing else") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada, {{"size_max", "2"}});
        house.join(house.ben, circle);
        auto cleo = house.as(house.cleo);
        auto const page = cleo.get(circle);
        CHECK(page.has("This circle is full."));
        CHECK_FALSE(page.has("Agree to this"));
        CHECK(cleo.post(circle + "/join", first_wording).status == 409);
        CHECK(cleo.get_json("/circles").json().at("items").at(0).at("full") == true);
    });
}

TEST_CASE("not now looks like still waiting, to the byte, until it may be asked again") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada, {{"joining", "asking"}});
        CHECK(ask(house, house.ben, circle, "").status == 422);
        CHECK(ask(house, house.ben, circle, "I bake.").status == 303);
        auto const waiting = house.as(house.ben).get(circle);
        CHECK(waiting.has("You asked on"));
        CHECK_FALSE(waiting.has("I bake."));
        CHECK(house.as(house.ada).get(circle + "/requests").has("I bake."));
        CHECK(house.as(house.cleo).get(circle + "/requests").status == 404);
        auto const request = only_request(house, house.ada, circle);
        CHECK(house.as(house.cleo).post(request + "/let-in").status == 404);
        CHECK(house.as(house.ben).post(request + "/let-in").status == 404);
        CHECK(house.as(house.ada).post(request + "/not-now").status == 303);
        CHECK(house.as(house.ben).get(circle).body == waiting.body);
        CHECK(house.as(house.ben).get("/circles").status == 200);
        auto const too_early = ask(house, house.ben, circle, "Again?");
        CHECK(too_early.status == 409);
        house.site.clock.move(limits::circle_ask_again_time);
        CHECK(ask(house, house.ben, circle, "Again?").status == 303);
        CHECK(house.as(house.ada).post(only_request(house, house.ada, circle) + "/let-in").status ==
              303);
        CHECK(house.as(house.ben).get(circle + "/members").status == 200);
        CHECK(house.as(house.ada)
                  .get_json(circle + "/requests")
                  .json()
                  .at("items")
                  .as_array()
                  .empty());
    });
}

TEST_CASE("a wish is taken back, and looks the same whatever was answered") {
    CirclesSite house;
    auto const circle = house.make(house.ada, {{"joining", "asking"}});
    auto ben = house.as(house.ben);
    CHECK(ben.post(circle + "/ask/withdraw").status == 404);
    REQUIRE(ask(house, house.ben, circle).status == 303);
    CHECK(ben.post(circle + "/ask/withdraw").status == 303);
    CHECK(ben.get(circle).has("took it back"));
    CHECK_FALSE(house.as(house.ada).get(circle + "/requests").has("May I come?"));
    CHECK(ask(house, house.ben, circle).status == 409);
}

TEST_CASE("keepers don't see a wish of someone apart; another keeper does") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.guide, {{"joining", "asking"}});
        REQUIRE(ask(house, house.ada, circle).status == 303);
        auto keeper = house.as(house.guide);
        REQUIRE(keeper.post(only_request(house, house.guide, circle) + "/let-in").status == 303);
        REQUIRE(keeper.post(circle + "/members/" + house.ada.public_id.text() + "/keeper").status ==
                303);
        house.keep_distance(house.ada, house.ben);
        REQUIRE(ask(house, house.ben, circle).status == 303);
        auto const shown = house.as(house.ada).get(circle + "/requests");
        CHECK_FALSE(shown.has("Ben"));
        CHECK_FALSE(house.as(house.ada).get(circle).has("Someone asks to come in"));
        CHECK(house.as(house.guide).get(circle).has("Someone asks to come in"));
        auto const request = only_request(house, house.guide, circle);
        CHECK(house.as(house.ada).post(request + "/let-in").status == 404);
        CHECK(house.as(house.guide).post(request + "/let-in").status == 303);
    });
}

TEST_CASE("an invitation by name is accepted or ignored; whoever invites isn't told which") {
    on_both([](CirclesSite& house) {
        auto const circle =
            house.make(house.ada, {{"joining", "invitation"}, {"listing", "hidden"}});
        auto ada = house.as(house.ada);
        auto const send = [&](std::string const& to) {
            return ada.post(circle + "/invitations", {{"to", to}});
        };
        house.keep_distance(house.ada, house.dan);
        auto const to_one = send("Ben");
        CHECK(to_one.status == 303);
        for (auto const& other :
             {send("Dan"), send("Nobody Here"), send("/members/" + house.cleo.public_id.text())}) {
            CHECK(other.status == to_one.status);
            CHECK(other.header("location") == to_one.header("location"));
        }
        auto ben = house.as(house.ben);
        CHECK(ben.get("/circles").has("Ada invites you."));
        CHECK(ben.get(circle).has("Agree to this, and come in"));
        CHECK_FALSE(house.as(house.dan).get("/circles").has("invites you"));
        CHECK(house.as(house.dan).get(circle).status == 404);
        auto const before = ada.get_json(circle + "/invitations").body;
        CHECK(house.as(house.cleo).post(circle + "/invitation/ignore").status == 303);
        CHECK(ada.get_json(circle + "/invitations").body == before);
        CHECK(house.as(house.cleo).get(circle).status == 404);
        // Whoever has ignored one isn't asked again for a while, and the answer is the same.
        CHECK(send("Cleo").header("location") == to_one.header("location"));
        CHECK(house.as(house.cleo).get(circle).status == 404);
        CHECK(ben.post(circle + "/invitation/accept", first_wording).status == 303);
        CHECK(ada.get(circle).has("Ben"));
        CHECK(ben.post(circle + "/invitation/accept", first_wording).status == 409);
        CHECK(house.as(house.dan).post(circle + "/invitation/accept", first_wording).status == 404);
    });
}

TEST_CASE("a link works once, for 72 hours, and only for a member") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada, {{"joining", "invitation"}});
        auto const make_link = [&] {
            auto const made =
                house.as(house.ada).post_json(circle + "/invitations/link", boost::json::object{});
            REQUIRE(made.status == 200);
            auto const url = std::string(made.json().at("url").as_string());
            return url.substr(std::string_view("http://127.0.0.1").size());
        };
        CHECK(house.as(house.ben).post(circle + "/invitations/link").status == 404);
        auto const link = make_link();
        CHECK(house.stranger().get(link).status == 303);
        auto ben = house.as(house.ben);
        CHECK(ben.get(link).has("What is said here stays here."));
        CHECK(ben.post(link + "/accept", {{"agreement_version", "2"}}).status == 409);
        CHECK(ben.post(link + "/accept", first_wording).status == 303);
        CHECK(ben.get(circle + "/members").status == 200);
        auto cleo = house.as(house.cleo);
        CHECK(cleo.get(link).status == 404);
        CHECK(cleo.post(link + "/accept", first_wording).status == 404);
        auto const late = make_link();
        house.site.clock.move(limits::invitation_age_max);
        CHECK(cleo.get(late).status == 404);
        CHECK(cleo.get("/circles/invitations/" + std::string(43, 'A')).body == cleo.get(late).body);
    });
}

TEST_CASE("whoever was taken out reads why, alone, and comes back only by a keeper's hand") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        house.join(house.cleo, circle);
        auto const out = circle + "/members/" + house.ben.public_id.text() + "/remove";
        auto ada = house.as(house.ada);
        CHECK(ada.post(out, {{"reason", ""}}).status == 422);
        CHECK(ada.post(out, {{"reason", "You shared what was said."}}).status == 303);
        auto ben = house.as(house.ben);
        auto const list = ben.get("/circles");
        CHECK(list.has("You shared what was said."));
        CHECK_FALSE(house.as(house.cleo).get("/circles").has("You shared"));
        CHECK(ben.get(circle + "/members").status == 404);
        CHECK(ben.post(circle + "/join", first_wording).status == 404);
        CHECK(ben.get(circle).has("Agree to this, and ask"));
        auto const removals = ben.get_json("/circles").json().at("removals");
        auto const put_away = std::string(removals.at(0).at("put_away_url").as_string());
        CHECK(house.as(house.cleo).post(put_away).status == 404);
        CHECK(ben.post(put_away).status == 303);
        CHECK_FALSE(ben.get("/circles").has("You shared"));
        REQUIRE(ask(house, house.ben, circle).status == 303);
        CHECK(ada.post(only_request(house, house.ada, circle) + "/let-in").status == 303);
        CHECK(ben.get(circle + "/members").status == 200);
    });
}
