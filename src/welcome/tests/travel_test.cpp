#include "talk/waiting_store.hpp"
#include "welcome_site.hpp"

namespace kith::tests {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;
using Paths = std::vector<std::string>;

/// What this person gets of a place, as a person and as a program.
bool finds_nothing(WelcomeSite& house, Person const& person, std::string const& path) {
    auto browser = house.as(person);
    auto const missing = "/unanswered/" + std::string(22, 'A');
    return browser.get(path).body == browser.get(missing).body &&
           browser.get_json(path).body == browser.get_json(missing).body &&
           browser.get_json(path).status == 404 &&
           browser.post_json(path + "/comments", {{"body", "Hi"}}).body ==
               browser.post_json(missing + "/comments", {{"body", "Hi"}}).body &&
           browser.post(path + "/take-back").status == 404;
}

TEST_CASE("words of a closed group come to greeters, and then to guides, and to nobody else") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        static_cast<void>(house.begin(house.ada, talk::Patience::day));
        house.site.clock.move(23h);
        house.travel();
        CHECK(house.place().empty());
        house.site.clock.move(1h);
        house.travel();
        auto const place = house.place();
        CHECK(house.waits_for(house.greta) == Paths{place});
        CHECK(house.told("welcome.waits") == Names{"Greta"});
        auto const page = house.as(house.greta).get(place);
        CHECK(page.has("I stood outside."));
        CHECK(page.has("a funeral"));
        CHECK_FALSE(page.has("/group"));
        for (auto const& person : {house.ben, house.gil, house.sam})
            CHECK(finds_nothing(house, person, place));
        CHECK(house.stranger().get_json(place).status == 401);
        house.site.clock.move(24h);
        house.travel();
        CHECK(house.told("welcome.waits") == Names{"Greta", "Gil"});
        CHECK(house.place() == place);
        CHECK(house.as(house.gil).get_json(place).status == 200);
        for (auto const& person : {house.ben, house.sam})
            CHECK(finds_nothing(house, person, place));
    });
}

TEST_CASE("a greeter's answer is read by the author and those whom the words have reached") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        static_cast<void>(house.begin(house.ada, talk::Patience::day));
        house.site.clock.move(24h);
        house.travel();
        auto const place = house.place();
        auto const answer =
            house.as(house.greta).post_json(place + "/comments", {{"body", "I read you."}});
        REQUIRE(answer.status == 201);
        CHECK(house.waits_for(house.greta).empty());
        auto const author = house.as(house.ada).get(place);
        CHECK(author.has("I read you."));
        CHECK(author.has("Read by you and by Greta."));
        CHECK(author.has("/group"));
        auto const comment = "/comments/" + std::string(answer.json().at("id").as_string());
        CHECK(house.as(house.ada).get_json(comment).status == 200);
        for (auto const& person : {house.ben, house.gil, house.sam})
            CHECK(house.as(person).get_json(comment).status == 404);
        // Answered, it travels no further.
        house.site.clock.move(100h);
        house.travel();
        CHECK(finds_nothing(house, house.gil, place));
    });
}

TEST_CASE("nobody who is apart from the author is reached, nor hears what the others answer") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        house.make_greeter(house.ben);
        house.keep_apart(house.ada, house.greta);
        static_cast<void>(house.begin(house.ada, talk::Patience::day));
        house.site.clock.move(24h);
        house.travel();
        auto const place = house.place();
        CHECK(house.told("welcome.waits") == Names{"Ben"});
        CHECK(house.waits_for(house.greta).empty());
        CHECK(finds_nothing(house, house.greta, place));
        CHECK_FALSE(house.as(house.ada).get(place).has("Greta"));
        // Whoever comes to be apart later finds nothing from then on.
        CHECK(house.as(house.ben).get(place).status == 200);
        house.keep_apart(house.ada, house.ben);
        CHECK(house.waits_for(house.ben).empty());
        CHECK(finds_nothing(house, house.ben, place));
    });
}

TEST_CASE("what its author takes back, nobody finds any more who had read it") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        static_cast<void>(house.begin(house.ada, talk::Patience::day));
        house.site.clock.move(24h);
        house.travel();
        auto const place = house.place();
        CHECK(house.as(house.greta).post(place + "/take-back").status == 404);
        REQUIRE(house.as(house.ada).post(place + "/take-back").status == 303);
        CHECK(finds_nothing(house, house.greta, place));
        CHECK(house.waits_for(house.greta).empty());
        CHECK(house.told("welcome.waits").empty());
        CHECK(house.as(house.ada).get(place).has("Read by you alone."));
        house.site.clock.move(1000h);
        house.travel();
        CHECK(finds_nothing(house, house.greta, place));
    });
}

TEST_CASE("words that don't stand any more go nowhere, and are gone where they had gone") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        static_cast<void>(house.begin(house.ada, talk::Patience::day));
        house.words_stand = false;
        house.site.clock.move(24h);
        house.travel();
        CHECK(house.place().empty());
        house.words_stand = true;
        house.travel();
        CHECK(house.place().empty());
        static_cast<void>(house.begin(house.ben, talk::Patience::day));
        house.site.clock.move(24h);
        house.travel();
        auto const place = house.place();
        CHECK(house.as(house.greta).get(place).status == 200);
        house.words_stand = false;
        CHECK(finds_nothing(house, house.greta, place));
        CHECK(house.waits_for(house.greta).empty());
    });
}

TEST_CASE("a member who goes takes along what they wrote, and nobody finds it any more") {
    on_both([](WelcomeSite& house) {
        house.make_greeter(house.greta);
        static_cast<void>(house.begin(house.ada, talk::Patience::day));
        house.site.clock.move(24h);
        house.travel();
        auto const place = house.place();
        auto const hello = house.hello(house.ada);
        house.write([&](database::Write& write) {
            for (auto const& erase : house.site.site().erasures) erase(write, house.ada.id);
        });
        CHECK(finds_nothing(house, house.greta, place));
        CHECK(house.as(house.greta).get(hello).status == 404);
        CHECK(house.waits_for(house.greta).empty());
        CHECK(house.place().empty());
    });
}

}  // namespace
}  // namespace kith::tests
