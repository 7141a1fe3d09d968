#include "base/limits.hpp"
#include "circles_site.hpp"

using namespace kith;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

/// A circle of Ada, who keeps it, Ben and Cleo.
struct Room {
    explicit Room(CirclesSite& the_house, FormFields const& fields = {})
        : house(the_house), circle(house.make(house.ada, fields)) {
        house.join(house.ben, circle);
        house.join(house.cleo, circle);
    }
    [[nodiscard]] boost::json::value lines(Person const& person) const {
        return house.as(person).get_json(circle + "/conversations").json().at("conversations");
    }
    [[nodiscard]] bool new_to(Person const& person) const {
        return lines(person).at(0).at("new_to_you").as_bool();
    }
    /// As their browser does by itself.
    void read(Person const& person, std::string const& conversation) const {
        auto browser = house.as(person);
        auto const page = browser.get_json(conversation).json().at("read");
        FormFields form;
        if (!page.at("last").is_null())
            form.emplace_back("last", std::string(page.at("last").as_string()));
        CHECK(browser.post(std::string(page.at("post_url").as_string()), form).status == 303);
    }

    CirclesSite& house;
    std::string circle;
};

}  // namespace

TEST_CASE("a conversation begins with words that its circle reads, and says who reads it") {
    on_both([](CirclesSite& house) {
        Room room(house);
        auto ben = house.as(house.ben);
        CHECK(ben.get(room.circle + "/conversations/new")
                  .has("Seen by the 3 members of Quiet Mornings."));
        auto const conversation = house.begin(
            house.ben, room.circle, {{"content_note", "cold"}, {"asks_for", "listening"}});
        auto const page = house.as(house.cleo).get(conversation);
        CHECK(page.has("The first frost"));
        CHECK(page.has("It was <em>white</em> at seven."));
        CHECK(page.has("<b>Content note:</b> cold"));
        CHECK(page.has("Asks for: listening, not advice"));
        CHECK(page.has("Seen by the 3 members of Quiet Mornings. Ben asks for listening"));
        house.say(house.cleo, conversation, "I hear it crunch.");
        CHECK(ben.get(conversation).has("I hear it crunch."));
        CHECK(ben.get_json(conversation).json().at("asks_for") == "listening");
        auto const wrong =
            ben.post(room.circle + "/conversations", {{"title", ""}, {"body", "Kept words"}});
        CHECK(wrong.status == 422);
        CHECK(wrong.has("Kept words"));
        CHECK(house.stranger().get(conversation).status == 303);
        CHECK(house.stranger().post(conversation + "/comments", {{"body", "x"}}).status == 401);
    });
}

TEST_CASE("sent twice with one key, a conversation begins once") {
    CirclesSite house;
    Room room(house);
    FormFields const form{{"title", "T"}, {"body", "B"}, {"idempotency_key", "k1"}};
    auto ben = house.as(house.ben);
    auto const first = ben.post(room.circle + "/conversations", form);
    CHECK(ben.post(room.circle + "/conversations", form).header("location") ==
          first.header("location"));
    CHECK(room.lines(house.ben).as_array().size() == 1);
}

TEST_CASE(
    "who comes later reads what is begun later, what its beginner opens, or all where it is so") {
    on_both([](CirclesSite& house) {
        Room room(house);
        auto const before = house.begin(house.ben, room.circle);
        house.site.clock.move(1h);
        house.join(house.dan, room.circle);
        auto dan = house.as(house.dan);
        CHECK(dan.get(before).body == CirclesSite::missing(dan));
        CHECK(room.lines(house.dan).as_array().empty());
        CHECK(house.as(house.ben).get(before).has(
            "Seen by the 3 members of Quiet Mornings who were here when it began."));
        // Whose words they are decides alone, not who keeps the circle.
        CHECK(house.as(house.ada).post(before + "/open-to-later").status == 404);
        CHECK(house.as(house.ben).post(before + "/open-to-later").status == 303);
        CHECK(dan.get(before).status == 200);
        CHECK(house.as(house.ben).get(before).has("Seen by the 4 members of Quiet Mornings."));
        CHECK(house.as(house.ben).post(before + "/close-to-later").status == 303);
        CHECK(dan.get(before).status == 404);
        auto const open = house.make(house.ada, {{"history_open", "1"}});
        auto const old_words = house.begin(house.ada, open);
        house.site.clock.move(1h);
        house.join(house.dan, open);
        CHECK(dan.get(old_words).status == 200);
        CHECK_FALSE(house.as(house.dan).get_json(old_words).json().at("new_to_you").as_bool());
    });
}

TEST_CASE("pinned conversations come first, then those with the latest words") {
    on_both([](CirclesSite& house) {
        Room room(house);
        auto const titles = [&] {
            std::string all;
            auto const lines = room.lines(house.cleo);
            for (auto const& line : lines.as_array())
                all += std::string(line.at("title").as_string());
            return all;
        };
        std::map<std::string, std::string> paths;
        for (auto const* title : {"A", "B", "C"}) {
            paths[title] = house.begin(house.ben, room.circle, {{"title", title}});
            house.site.clock.move(1h);
        }
        CHECK(titles() == "CBA");
        house.say(house.ada, paths["A"], "Later words");
        CHECK(titles() == "ACB");
        CHECK(room.lines(house.cleo).at(0).at("last_by") == "Ada");
        CHECK(house.as(house.ben).post(paths["B"] + "/pin").status == 404);
        CHECK(house.as(house.ada).post(paths["B"] + "/pin").status == 303);
        CHECK(titles() == "BAC");
        CHECK(house.as(house.ada).post(paths["B"] + "/unpin").status == 303);
        CHECK(titles() == "ACB");
    });
}

TEST_CASE("new to you: until it is read, on each device, and never of one's own words") {
    on_both([](CirclesSite& house) {
        Room room(house);
        auto const conversation = house.begin(house.ben, room.circle);
        CHECK_FALSE(room.new_to(house.ben));
        CHECK(room.new_to(house.cleo));
        CHECK(house.as(house.cleo).get("/circles").has("New to you"));
        room.read(house.cleo, conversation);
        CHECK_FALSE(room.new_to(house.cleo));
        CHECK_FALSE(house.as(house.cleo).get("/circles").has("New to you"));
        house.site.clock.move(1h);
        house.say(house.cleo, conversation, "One");
        CHECK_FALSE(room.new_to(house.cleo));
        CHECK(room.new_to(house.ben));
        auto const stale = house.as(house.ben).get_json(conversation).json().at("read").at("last");
        room.read(house.ben, conversation);
        house.say(house.ada, conversation, "Two");
        room.read(house.ben, conversation);
        // Another device that was late doesn't take it back.
        CHECK(house.as(house.ben)
                  .post(conversation + "/read", {{"last", std::string(stale.as_string())}})
                  .status == 303);
        CHECK_FALSE(room.new_to(house.ben));
        CHECK(house.as(house.dan).post(conversation + "/read").status == 404);
    });
}

TEST_CASE("what one can't see isn't new, nor the last words, in a circle where distance hides") {
    on_both([](CirclesSite& house) {
        house.allow(40);
        Room room(house, {{"size_max", "40"}});
        auto const conversation = house.begin(house.ada, room.circle);
        room.read(house.cleo, conversation);
        house.keep_distance(house.ben, house.cleo);
        auto const list = house.as(house.cleo).get(room.circle + "/conversations").body;
        auto const page = house.as(house.cleo).get_json(room.circle).body;
        house.site.clock.move(1h);
        house.say(house.ben, conversation, "Unseen");
        static_cast<void>(house.begin(house.ben, room.circle, {{"title", "Unseen too"}}));
        auto const list_after = house.as(house.cleo).get(room.circle + "/conversations");
        CHECK_FALSE(list_after.has("New to you"));
        CHECK_FALSE(list_after.has("Unseen too"));
        CHECK_FALSE(list_after.has("Ben"));
        CHECK(house.as(house.cleo).get_json(room.circle).body == page);
        CHECK(list.find("The first frost") != std::string::npos);
        CHECK(house.as(house.cleo).get(conversation).has("but not by people whom you don"));
    });
}

TEST_CASE("who began it, or a keeper, closes a conversation and opens it again") {
    on_both([](CirclesSite& house) {
        Room room(house);
        auto const conversation = house.begin(house.ben, room.circle);
        CHECK(house.as(house.cleo).post(conversation + "/close").status == 404);
        CHECK(house.as(house.ben).post(conversation + "/close").status == 303);
        CHECK(house.as(house.cleo).post(conversation + "/comments", {{"body", "x"}}).status == 409);
        CHECK(house.as(house.cleo).get(conversation).has("takes no further comments"));
        CHECK(house.as(house.ada).post(conversation + "/reopen").status == 303);
        house.say(house.cleo, conversation, "Open again");
    });
}

TEST_CASE("who began a conversation can take it back: then nobody reads it") {
    on_both([](CirclesSite& house) {
        Room room(house);
        auto const conversation = house.begin(house.ben, room.circle);
        house.say(house.cleo, conversation, "Beneath");
        CHECK(house.as(house.ada).post(conversation + "/withdraw").status == 404);
        CHECK(house.as(house.ben).post(conversation + "/withdraw").status == 303);
        for (auto const* person : {&house.ada, &house.ben, &house.cleo}) {
            auto browser = house.as(*person);
            CHECK(browser.get(conversation).body == CirclesSite::missing(browser));
        }
        CHECK(room.lines(house.cleo).as_array().empty());
    });
}

TEST_CASE("in a slow conversation each writes once in so many minutes; what was typed is kept") {
    on_both([](CirclesSite& house) {
        Room room(house);
        auto const conversation = house.begin(house.ben, room.circle);
        CHECK(house.as(house.ben).post(conversation + "/slow", {{"minutes", "10"}}).status == 404);
        auto ada = house.as(house.ada);
        CHECK(ada.post(conversation + "/slow", {{"minutes", "61"}}).status == 422);
        CHECK(ada.post(conversation + "/slow", {{"minutes", "10"}}).status == 303);
        FormFields const once{{"body", "One"}, {"idempotency_key", "k1"}};
        auto cleo = house.as(house.cleo);
        CHECK(cleo.post(conversation + "/comments", once).status == 303);
        // Sent again after a lost answer, it isn't a second one.
        CHECK(cleo.post(conversation + "/comments", once).status == 303);
        house.site.clock.move(4min);
        auto const early = cleo.post(conversation + "/comments", {{"body", "Kept words"}});
        CHECK(early.status == 429);
        CHECK(early.header("retry-after") == "360");
        CHECK(early.has("Kept words"));
        CHECK(early.has("You can write again at"));
        CHECK(house.as(house.ben).post(conversation + "/comments", {{"body", "B"}}).status == 303);
        house.site.clock.move(6min);
        CHECK(cleo.post(conversation + "/comments", {{"body", "Two"}}).status == 303);
        CHECK(ada.post(conversation + "/slow", {{"minutes", "0"}}).status == 303);
        CHECK(cleo.post(conversation + "/comments", {{"body", "Three"}}).status == 303);
    });
}

TEST_CASE(
    "a changed agreement is accepted anew before anything is said, and what was typed goes on") {
    on_both([](CirclesSite& house) {
        Room room(house);
        auto const conversation = house.begin(house.ben, room.circle);
        CHECK(house.as(house.ada)
                  .post(room.circle + "/settings",
                        CirclesSite::circle_form({{"agreement", "We listen first."}}))
                  .status == 303);
        auto ben = house.as(house.ben);
        auto const refused = ben.post(conversation + "/comments", {{"body", "Typed words"}});
        CHECK(refused.status == 409);
        CHECK(refused.has("We listen first."));
        CHECK(refused.has("Typed words"));
        CHECK(ben.post(room.circle + "/conversations", {{"title", "T"}, {"body", "B"}}).status ==
              409);
        auto const json = ben.post_json(conversation + "/comments", {{"body", "Typed words"}});
        CHECK(json.status == 409);
        CHECK(json.json().at("code") == "circles.agree_first");
        // Reading, leaving and taking back go on without it.
        CHECK(ben.get(conversation).status == 200);
        CHECK(ben.post(room.circle + "/agreement", {{"version", "1"}}).status == 409);
        auto const resumed =
            ben.post(room.circle + "/agreement", {{"version", "2"},
                                                  {"resume_action", conversation + "/comments"},
                                                  {"resume.body", "Typed words"}});
        CHECK(resumed.status == 200);
        CHECK(resumed.has("Typed words"));
        CHECK(ben.post(conversation + "/comments", {{"body", "Typed words"}}).status == 303);
        auto const agreement = ben.get(room.circle + "/agreement");
        CHECK(agreement.has("Wording 2"));
        CHECK(agreement.has("What is said here stays here."));
        CHECK_FALSE(house.as(house.dan).get(room.circle + "/agreement").has("stays here."));
        // Whoever wrote the new words has read them.
        CHECK(house.as(house.ada).post(conversation + "/comments", {{"body", "x"}}).status == 303);
    });
}

TEST_CASE("a circle's conversations go on page by page, each once") {
    CirclesSite house;
    Room room(house);
    for (int i = 0; i < 53; ++i) {
        if (i % 25 == 0) house.site.clock.move(24h);
        static_cast<void>(house.begin(i % 2 == 0 ? house.ben : house.ada, room.circle,
                                      {{"title", "T" + std::to_string(i)}}));
    }
    auto browser = house.as(house.cleo);
    auto const first = browser.get_json(room.circle + "/conversations").json();
    CHECK(first.at("conversations").as_array().size() == 50);
    auto const second = browser.get_json(std::string(first.at("next_url").as_string())).json();
    CHECK(second.at("conversations").as_array().size() == 3);
    CHECK(second.at("next_url").is_null());
}

TEST_CASE("circles are found by what is shared: most in common first, then by name") {
    on_both([](CirclesSite& house) {
        static_cast<void>(house.make(house.ada, {{"name", "Anemones"}}));
        static_cast<void>(house.make(
            house.ada, {{"name", "Walkers"}, {"culture", "TAGALOG"}, {"goals", "Sea, Rest"}}));
        static_cast<void>(house.make(house.ada, {{"name", "Bakers"}, {"goals", "rest"}}));
        auto ben = house.as(house.ben);
        CHECK(ben.post("/settings/sharing", {{"culture", "Tagalog"}, {"values", "rest, sea"}})
                  .status == 303);
        auto const items = ben.get_json("/circles").json().at("items");
        CHECK(items.at(0).at("name") == "Walkers");
        CHECK(items.at(0).at("in_common") == "3 things in common: TAGALOG, Sea, Rest");
        CHECK(items.at(1).at("name") == "Bakers");
        CHECK(items.at(1).at("in_common") == "1 thing in common: rest");
        CHECK(items.at(2).at("name") == "Anemones");
        CHECK(items.at(2).at("in_common").is_null());
        CHECK(house.as(house.cleo).get_json("/circles").json().at("items").at(0).at("name") ==
              "Anemones");
    });
}

TEST_CASE("what one shares is seen by nobody until it is shown to one's circles") {
    on_both([](CirclesSite& house) {
        Room room(house);
        auto ben = house.as(house.ben);
        CHECK(ben.post("/settings/sharing", {{"goals", "rest"}}).status == 303);
        CHECK(ben.get("/settings/sharing").has("Seen by you alone."));
        CHECK_FALSE(house.as(house.cleo).get(room.circle + "/members").has("Shares: rest"));
        CHECK(ben.post("/settings/sharing", {{"goals", "rest"}, {"shown", "1"}}).status == 303);
        CHECK(house.as(house.cleo).get(room.circle + "/members").has("Shares: rest"));
        CHECK_FALSE(house.as(house.dan).get(room.circle).has("Shares: rest"));
        CHECK(ben.post("/settings/sharing", {{"goals", std::string(41, 'a')}}).status == 422);
        CHECK(house.stranger().get("/settings/sharing").status == 303);
    });
}
