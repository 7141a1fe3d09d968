// For 7 days whoever asked to be erased may still come back; until then nobody sees anything of
// them.
#include <doctest/doctest.h>

#include "members/erasure_store.hpp"
#include "postgres.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using testing::ids_of;
using testing::Person;
using testing::TalkSite;

struct Leaving {
    explicit Leaving(std::string const& url) : site(url) {}

    void begin(Person const& person) {
        auto const at = site.site.clock.now() + limits::erasure_grace;
        site.site.database().write_now([&](database::Write& write) {
            members::begin_erasing(site.site.site(), write, person.id, at);
        });
    }
    void stop(Person const& person) {
        site.site.database().write_now([&](database::Write& write) {
            static_cast<void>(members::come_back(write, person.id));
        });
    }

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person sam = site.person("Sam", Role::steward);
    PublicId discussion = site.discussion(ada);
    std::string path = "/test/" + discussion.text();
    tests::Browser ada_browser = site.browser_of(ada);
    tests::Browser ben_browser = site.browser_of(ben);
    tests::Browser sam_browser = site.browser_of(sam);
};

TEST_CASE("comments of someone being erased count as taken back, until they change their mind") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Leaving s(fresh.url);
        auto const top = s.site.post(s.ben, s.discussion, "Ben begins");
        auto const reply = s.site.post(s.ada, s.discussion, "Ada replies", top);
        auto const alone = s.site.post(s.ben, s.discussion, "Ben alone");
        auto const bens_reply = s.site.post(s.ben, s.discussion, "Ben replies", top);
        auto const last = s.site.post(s.ada, s.discussion, "Ada ends");
        auto const before = s.ada_browser.get(s.path).body;
        auto stranger = s.site.site.browser();

        s.begin(s.ben);
        for (auto* browser : {&s.ada_browser, &s.sam_browser, &stranger}) {
            auto const page = browser->get(s.path);
            CHECK(page.status == 200);
            CHECK_FALSE(page.has("Ben"));
            CHECK(page.has("Its author has taken this back."));
            CHECK(page.has("Ada replies"));
            auto const told = browser->get_json(s.path);
            CHECK_FALSE(told.has("Ben"));
            CHECK(ids_of(told.json()) == std::vector{top, reply, last});
            for (auto const& id : {top, alone, bens_reply})
                CHECK(browser->get("/comments/" + id).status == 404);
        }
        CHECK(s.ada_browser.get("/comments/" + last).status == 303);
        CHECK(s.ada_browser.post_json(s.path + "/comments", {{"body", "x"}, {"parent", top}})
                  .status == 422);
        CHECK(s.ben_browser.get(s.path).has("Ben alone"));

        s.stop(s.ben);
        auto const told = s.ada_browser.get_json(s.path).json();
        CHECK(ids_of(told) == std::vector{top, reply, bens_reply, alone, last});
        CHECK(s.ada_browser.get(s.path).has("Ben begins"));
    }
}

TEST_CASE("a thread in which only those being erased have written is not there") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Leaving s(fresh.url);
        auto const top = s.site.post(s.ben, s.discussion, "Ben begins");
        s.site.post(s.ben, s.discussion, "Ben replies", top);
        s.begin(s.ben);
        CHECK(ids_of(s.ada_browser.get_json(s.path).json()).empty());
    }
}

TEST_CASE("pages are counted without those who are being erased") {
    Leaving s({});
    s.site.post(s.ben, s.discussion, "Ben wrote");
    std::string last;
    for (std::size_t i = 0; i < limits::page_items; ++i)
        last = s.site.post(s.ada, s.discussion, "Ada wrote");
    s.begin(s.ben);
    auto const link = s.ada_browser.get("/comments/" + last);
    CHECK(link.header("location").find("comments=") == std::string::npos);
}

TEST_CASE("what is talked about under someone being erased is read by nobody else") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Leaving s(fresh.url);
        auto const id = s.site.post(s.ben, s.discussion, "Ben wrote");
        s.begin(s.ada);
        for (auto* browser : {&s.ben_browser, &s.sam_browser}) {
            CHECK(browser->get(s.path).status == 404);
            CHECK(browser->get("/comments/" + id).status == 404);
            CHECK(browser->get("/events?on=" + s.discussion.text()).status == 404);
            CHECK(browser->post(s.path + "/comments", {{"body", "x"}}).status == 404);
        }
        CHECK(s.ada_browser.get(s.path).status == 200);
        s.stop(s.ada);
        CHECK(s.ben_browser.get(s.path).has("Ben wrote"));
    }
}

TEST_CASE("nothing of someone being erased waits for review") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Leaving s(fresh.url);
        s.site.change_community([](members::Community& c) { c.hold_first_comments = true; });
        auto const held = s.site.post(s.ben, s.discussion, "held");
        auto const waiting = [&] {
            return s.sam_browser.get_json("/review").json().at("items").as_array().size();
        };
        CHECK(waiting() == 1);
        for (auto const& person : {s.ben, s.ada}) {
            s.begin(person);
            CHECK(waiting() == 0);
            CHECK(s.sam_browser.post("/comments/" + held + "/release").status == 404);
            s.stop(person);
        }
        CHECK(waiting() == 1);
    }
}

}  // namespace
}  // namespace kith::talk
