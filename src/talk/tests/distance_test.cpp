#include <doctest/doctest.h>

#include <algorithm>

#include "base/limits.hpp"
#include "steady.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using testing::ids_of;
using testing::Person;
using testing::TalkSite;

/// What a program is told of a page, without what each showing makes anew.
boost::json::value page_as_told(tests::Browser& browser, std::string const& path) {
    return boost::json::parse(tests::steady(browser.get_json(path).body));
}

struct Apart {
    TalkSite site;
    Person ada = site.person("Ada");
    Person hal = site.person("Hal");
    Person lea = site.person("Lea");
    PublicId discussion = site.discussion(ada);
    std::string path = "/test/" + discussion.text();
    tests::Browser lea_browser = site.browser_of(lea);
};

TEST_CASE("what a distanced member does changes not a byte of the page") {
    Apart s;
    s.site.keep_apart(s.hal, s.lea);
    auto const first = s.site.post(s.ada, s.discussion, "Come in");
    auto const before = page_as_told(s.lea_browser, s.path);
    auto const hals = s.site.post(s.hal, s.discussion, "Hal's");
    s.site.post(s.ada, s.discussion, "under Hal's", hals);
    s.site.post(s.hal, s.discussion, "Hal under Ada's", first);
    CHECK(page_as_told(s.lea_browser, s.path) == before);
    auto ada_browser = s.site.browser_of(s.ada);
    CHECK(ids_of(page_as_told(ada_browser, s.path)).size() == 4);
}

TEST_CASE("pages and cursors are counted in what the viewer sees") {
    Apart s;
    s.site.keep_apart(s.hal, s.lea);
    std::vector<std::string> visible;
    for (std::size_t i = 0; i < limits::page_items + 5; ++i) {
        s.site.post(s.hal, s.discussion, "hidden");
        visible.push_back(s.site.post(s.ada, s.discussion, "seen"));
    }
    auto const first = s.lea_browser.get_json(s.path).json();
    auto const ids = ids_of(first);
    REQUIRE(ids.size() == limits::page_items);
    CHECK(std::equal(ids.begin(), ids.end(), visible.begin()));
    auto const next = std::string(first.at("comments").at("next_url").as_string());
    auto const second = s.lea_browser.get_json(next.substr(0, next.find('#'))).json();
    CHECK(ids_of(second).size() == 5);
    CHECK(second.at("comments").at("next").is_null());
    // A cursor is its viewer's own.
    auto ada_browser = s.site.browser_of(s.ada);
    CHECK(ada_browser.get(next.substr(0, next.find('#'))).status == 400);
    // The permalink leads to the page that holds it, counted for its viewer.
    auto const link = s.lea_browser.get("/comments/" + visible.back());
    REQUIRE(link.status == 303);
    CHECK(s.lea_browser.follow(link).has("c-" + visible.back()));
}

TEST_CASE("hidden and missing comments are the same, to the byte, for every verb") {
    Apart s;
    s.site.keep_apart(s.hal, s.lea);
    auto const hals = s.site.post(s.hal, s.discussion, "Hal's");
    auto const under = s.site.post(s.ada, s.discussion, "under Hal's", hals);
    std::string const missing(22, 'A');
    for (auto const& hidden : {hals, under}) {
        for (std::string const tail : {"", "/edit"}) {
            auto const a = s.lea_browser.get("/comments/" + hidden + tail);
            auto const b = s.lea_browser.get("/comments/" + missing + tail);
            CHECK(a.status == 404);
            CHECK(b.status == 404);
            auto same = a.body;
            for (auto at = same.find(hidden); at != std::string::npos; at = same.find(hidden))
                same.replace(at, hidden.size(), missing);
            CHECK(same == b.body);
        }
        for (std::string const tail : {"/edit", "/delete", "/hold"}) {
            CHECK(s.lea_browser.post("/comments/" + hidden + tail, {{"body", "x"}}).status == 404);
        }
        auto const answered =
            s.lea_browser.post_json(s.path + "/comments", {{"body", "x"}, {"parent", hidden}});
        auto const to_nothing =
            s.lea_browser.post_json(s.path + "/comments", {{"body", "x"}, {"parent", missing}});
        CHECK(answered.status == 422);
        CHECK(answered.body == to_nothing.body);
    }
}

TEST_CASE("whoever is apart from the author of the page finds no discussion") {
    Apart s;
    s.site.keep_apart(s.ada, s.lea);
    auto const id = s.site.post(s.hal, s.discussion, "Hal's");
    CHECK(s.lea_browser.get(s.path).status == 404);
    CHECK(s.lea_browser.get("/comments/" + id).status == 404);
    CHECK(s.lea_browser.get("/events?on=" + s.discussion.text()).status == 404);
    CHECK(s.lea_browser.post(s.path + "/comments", {{"body", "x"}}).status == 404);
}

TEST_CASE("a steward doesn't review what they are apart from") {
    Apart s;
    auto const steward = s.site.person("Sam", Role::steward);
    s.site.change_community([](members::Community& c) { c.hold_first_comments = true; });
    s.site.keep_apart(s.hal, steward);
    auto const held = s.site.post(s.hal, s.discussion, "held");
    auto browser = s.site.browser_of(steward);
    CHECK(browser.get_json("/review").json().at("items").as_array().empty());
    CHECK(browser.post("/comments/" + held + "/release").status == 404);
}

}  // namespace
}  // namespace kith::talk
