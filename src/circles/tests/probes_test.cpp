#include <set>

#include "circles/circles_routes.hpp"
#include "circles/own_words.hpp"
#include "circles_site.hpp"

using namespace kith;
using namespace kith::tests;

TEST_CASE("every page of circles has a probe, and every probe a page") {
    std::set<std::string> pages;
    for (auto const& route : circles::circles_routes())
        if (route.verb == web::Verb::get) pages.emplace(route.pattern);
    std::set<std::string> probes;
    for (auto const& probe : circles::circles_probes()) probes.emplace(probe.pattern);
    CHECK(pages == probes);
}

TEST_CASE("a probe asks for what the database holds") {
    CirclesSite house;
    auto const circle = house.make(house.ada);
    auto const conversation = house.begin(house.ada, circle);
    std::set<std::string> paths;
    house.site.database().read([&](database::Read& read) {
        for (auto const& probe : circles::circles_probes())
            for (auto& path : probe.paths(read)) paths.insert(std::move(path));
    });
    CHECK(paths.contains(circle + "/members"));
    CHECK(paths.contains(conversation));
}

TEST_CASE("today: what is new in one's circles, invitations, and who waits for a keeper") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada, {{"joining", "asking"}});
        auto const cards = [&](Person const& person) {
            std::vector<std::string> titles;
            house.site.database().read([&](database::Read& read) {
                web::HttpRequest request;
                request.target = "/";
                web::Call call(house.site.site(), request);
                call.visitor.viewer = person.viewer();
                call.lend(&read);
                for (auto const& card : circles::today_cards(call)) titles.push_back(card.title);
            });
            return titles;
        };
        using Titles = std::vector<std::string>;
        CHECK(cards(house.ada).empty());
        REQUIRE(house.as(house.ben)
                    .post(circle + "/ask", {{"words", "Hello"}, {"agreement_version", "1"}})
                    .status == 303);
        CHECK(cards(house.ada) == Titles{"Someone asks to come into your circle"});
        CHECK(cards(house.ben) == Titles{"You are in no circle yet"});
        REQUIRE(house.as(house.ada).post(circle + "/invitations", {{"to", "Cleo"}}).status == 303);
        CHECK(cards(house.cleo) ==
              Titles{"You are invited into a circle", "You are in no circle yet"});
        REQUIRE(house.as(house.cleo)
                    .post(circle + "/invitation/accept", {{"agreement_version", "1"}})
                    .status == 303);
        static_cast<void>(house.begin(house.ada, circle));
        CHECK(cards(house.cleo) == Titles{"Quiet Mornings"});
    });
}
