#include "community.hpp"
#include "essays/search_store.hpp"
#include "postgres.hpp"

namespace kith::essays {
namespace {

using tests::Community;
using tests::Person;
using Titles = std::vector<std::string>;

Titles found(Community& house, Viewer const& viewer, std::string_view question = "cup") {
    auto const query = database::parse_search(question);
    web::SearchWish wish{.query = query};
    wish.at_most = 50;
    return house.site.database().read([&](database::Read& read) {
        Titles titles;
        for (auto const& row : find_essays(read, viewer, "en", wish)) titles.push_back(row.title);
        return titles;
    });
}

TEST_CASE("an essay is found once it is published, by whoever may read it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Community house(fresh.url);
        auto author = house.as(house.author);
        author.post("/essays/new", {{"title", "A draft of a cup"}, {"body", "Not yet."}});
        CHECK(found(house, house.author.viewer()).empty());
        static_cast<void>(house.publish({{"title", "A cup for anyone"}}));
        static_cast<void>(house.publish({{"title", "A cup for members"}, {"audience", "members"}}));
        CHECK(found(house, Viewer::stranger()) == Titles{"A cup for anyone"});
        CHECK(found(house, house.member.viewer()) ==
              Titles{"A cup for members", "A cup for anyone"});
        CHECK(found(house, house.member.viewer(), "seven").size() == 2);
        house.keep_distance(house.member, house.author);
        CHECK(found(house, house.member.viewer()).empty());
        CHECK(found(house, house.author.viewer()).size() == 2);
        CHECK(found(house, house.other.viewer()).size() == 2);
    }
}

TEST_CASE("an essay that changes is found as it is, and one that is withdrawn by nobody") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Community house(fresh.url);
        auto author = house.as(house.author);
        auto const path = house.publish();
        auto const edited = author.post(
            path + "/edit",
            {{"title", "A bowl on the table"}, {"body", "It was there."}, {"version", "1"}});
        CHECK(edited.status == 303);
        CHECK(found(house, Viewer::stranger()).empty());
        CHECK(found(house, Viewer::stranger(), "bowl").size() == 1);
        // What is only kept as a draft of it isn't found.
        auto const json = author.get_json(path).json();
        CHECK(author
                  .post("/essays/draft?essay=" + std::string(json.at("id").as_string()),
                        {{"title", "A secret jug"}, {"body", "jug"}, {"version", "2"}})
                  .status < 400);
        CHECK(found(house, house.author.viewer(), "jug").empty());
        CHECK(author.post(path + "/withdraw").status == 303);
        CHECK(found(house, house.author.viewer(), "bowl").empty());
        CHECK(author.post(path + "/publish").status == 303);
        CHECK(found(house, Viewer::stranger(), "bowl").size() == 1);
    }
}

TEST_CASE("comments follow an essay that only members may read from now on") {
    Community house;
    auto author = house.as(house.author);
    auto const path = house.publish();
    CHECK(house.as(house.steward).post(path + "/comments", {{"body", "A saucer too."}}).status ==
          303);
    auto stranger = house.stranger();
    auto const found_by_stranger = [&] {
        auto const query = database::parse_search("saucer");
        web::SearchWish wish{.query = query};
        wish.at_most = 5;
        std::size_t count = 0;
        house.site.database().read([&](database::Read& read) {
            web::HttpRequest request;
            web::Call call(house.site.site(), request);
            call.lend(&read);
            for (auto const& kind : house.site.site().search)
                if (kind.name == "comments") count = kind.find(call, wish).size();
            call.lend(nullptr);
        });
        return count;
    };
    CHECK(found_by_stranger() == 1);
    CHECK(author
              .post(path + "/edit", {{"title", "A cup on the table"},
                                     {"body", "It was there."},
                                     {"audience", "members"},
                                     {"version", "1"}})
              .status == 303);
    CHECK(found_by_stranger() == 0);
}

TEST_CASE("erasure takes essays out of the index, and making it anew finds the rest") {
    Community house;
    static_cast<void>(house.publish());
    CHECK(found(house, Viewer::stranger()).size() == 1);
    house.write([](database::Write& write) { database::empty_search(write); });
    CHECK(found(house, Viewer::stranger()).empty());
    house.write([](database::Write& write) { CHECK(index_essays(write, 0, 500) == 0); });
    CHECK(found(house, Viewer::stranger()).size() == 1);
    auto const slice = essays_slice();
    house.write([&](database::Write& write) { (*slice.erase_for)(write, house.author.id); });
    CHECK(found(house, Viewer::stranger()).empty());
    CHECK(found(house, house.author.viewer()).empty());
}

TEST_CASE("a content note covers the words of a found essay") {
    Community house;
    static_cast<void>(house.publish({{"content_note", "broken crockery"}}));
    auto const query = database::parse_search("cup");
    web::SearchWish wish{.query = query};
    wish.at_most = 5;
    house.site.database().read([&](database::Read& read) {
        auto const rows = find_essays(read, Viewer::stranger(), "en", wish);
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].content_note == "broken crockery");
    });
}

}  // namespace
}  // namespace kith::essays
