#include "circles/search_store.hpp"

#include "circles/own_words.hpp"
#include "circles_site.hpp"

namespace kith::circles {
namespace {

using namespace kith::tests;
using Titles = std::vector<std::string>;

/// What `viewer` finds of circles, then of conversations.
Titles found(CirclesSite& house, Viewer const& viewer, std::string_view question) {
    auto const query = database::parse_search(question);
    web::SearchWish wish{.query = query};
    wish.at_most = 50;
    return house.site.database().read([&](database::Read& read) {
        Titles titles;
        for (auto const& row : find_circles(read, viewer, "en", wish)) titles.push_back(row.name);
        for (auto const& row : find_conversations(read, viewer, "en", wish))
            titles.push_back(row.title);
        return titles;
    });
}

TEST_CASE("listed circles are found by members, others by those who belong to them") {
    on_both([](CirclesSite& house) {
        static_cast<void>(house.make(house.ada, {{"name", "Open Window"}}));
        static_cast<void>(
            house.make(house.ada, {{"name", "Hidden Window"}, {"listing", "hidden"}}));
        static_cast<void>(
            house.make(house.ada, {{"name", "Unlisted Window"}, {"listing", "unlisted"}}));
        CHECK(found(house, house.ben.viewer(), "window") == Titles{"Open Window"});
        CHECK(found(house, Viewer::stranger(), "window").empty());
        CHECK(found(house, house.ada.viewer(), "window").size() == 3);
        CHECK(found(house, house.ada.viewer(), "tea").size() == 3);
        house.keep_distance(house.ben, house.ada);
        CHECK(found(house, house.ben.viewer(), "window").empty());
        CHECK(found(house, house.cleo.viewer(), "window") == Titles{"Open Window"});
    });
}

TEST_CASE("a circle that changes or closes is found as it is") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        auto ada = house.as(house.ada);
        CHECK(ada.post(circle + "/settings",
                       CirclesSite::circle_form({{"name", "Late Evenings"}, {"listing", "hidden"}}))
                  .status == 303);
        CHECK(found(house, house.ben.viewer(), "evenings").empty());
        CHECK(found(house, house.ada.viewer(), "mornings").empty());
        CHECK(found(house, house.ada.viewer(), "evenings") == Titles{"Late Evenings"});
    });
}

TEST_CASE("a conversation is found by the members of its circle who may read it") {
    on_both([](CirclesSite& house) {
        house.allow(40);
        auto const circle = house.make(house.ada, {{"size_max", "30"}});
        house.join(house.ben, circle);
        static_cast<void>(house.begin(house.ada, circle));
        house.site.clock.move(std::chrono::hours(1));
        house.join(house.cleo, circle);
        CHECK(found(house, house.ben.viewer(), "frost") == Titles{"The first frost"});
        CHECK(found(house, house.ben.viewer(), "white") == Titles{"The first frost"});
        CHECK(found(house, house.cleo.viewer(), "frost").empty());
        CHECK(found(house, house.dan.viewer(), "frost").empty());
        CHECK(found(house, house.host.viewer(), "frost").empty());
        CHECK(found(house, Viewer::stranger(), "frost").empty());
        house.keep_distance(house.ben, house.ada);
        CHECK(found(house, house.ben.viewer(), "frost").empty());
        CHECK(found(house, house.ada.viewer(), "frost").size() == 1);
        CHECK(house.as(house.cleo).post(circle + "/leave").status == 303);
    });
}

TEST_CASE("a conversation that was withdrawn, or whose beginner was erased, is found by nobody") {
    on_both([](CirclesSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        auto const first = house.begin(house.ada, circle);
        static_cast<void>(house.begin(house.ben, circle, {{"title", "Second frost"}}));
        CHECK(found(house, house.ada.viewer(), "frost").size() == 2);
        CHECK(house.as(house.ada).post(first + "/withdraw").status == 303);
        CHECK(found(house, house.ada.viewer(), "frost") == Titles{"Second frost"});
        house.write([&](database::Write& write) {
            database::empty_search(write);
            CHECK(index_circles(write, 0, 500) == 0);
            CHECK(index_conversations(write, 0, 500) == 0);
        });
        CHECK(found(house, house.ada.viewer(), "frost") == Titles{"Second frost"});
        house.write([&](database::Write& write) { erase_own(write, house.ben.id); });
        CHECK(found(house, house.ada.viewer(), "frost").empty());
        CHECK(found(house, house.ada.viewer(), "mornings").size() == 1);
    });
}

}  // namespace
}  // namespace kith::circles
