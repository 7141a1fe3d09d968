#include <doctest/doctest.h>

#include "postgres.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using namespace std::chrono_literals;
using testing::ids_of;
using testing::Person;
using testing::TalkSite;
using tests::databases_for_tests;

/// A circle of Ada and Ben with one discussion of Ada's; Lea is a member of the community only.
struct Circle {
    template <class Work>
    auto write(Work const& work) {
        return site.site.database().write_now(work);
    }

    explicit Circle(std::string const& url, GroupSize size = GroupSize::small) : site(url) {
        group = write([&](database::Write& write) { return make_group(write, size); });
        let_in(ada);
        let_in(ben);
        discussion = begin(ada);
    }

    void let_in(Person const& person) {
        auto const now = site.site.clock.now();
        write([&](database::Write& write) { admit(write, group, person.id, now); });
    }

    PublicId begin(Person const& author) {
        auto const id = PublicId::make(site.site.random);
        write([&](database::Write& write) {
            DiscussionOpening opening{id, "/test/" + id.text(), Audience::group, author.id};
            opening.group = group;
            opening.begun_at = site.site.clock.now();
            static_cast<void>(open_discussion(write, opening));
        });
        return id;
    }

    [[nodiscard]] std::string path() const { return "/test/" + discussion.text(); }

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person lea = site.person("Lea");
    Id<Group> group;
    PublicId discussion;
};

/// What nobody finds, to the byte.
std::string missing(tests::Browser browser) { return browser.get("/test/none").body; }

TEST_CASE("a group's words are for its members: not for members at large, stewards or strangers") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Circle circle(fresh.url);
        auto const words = circle.site.post(circle.ben, circle.discussion, "Between us");
        CHECK(circle.site.browser_of(circle.ada).get(circle.path()).has("Between us"));
        auto const host = circle.site.person("Holly", Role::host);
        for (auto browser : {circle.site.browser_of(circle.lea), circle.site.browser_of(host),
                             circle.site.site.browser()}) {
            for (auto const& path :
                 {circle.path(), "/comments/" + words, "/events?on=" + circle.discussion.text()}) {
                auto const answer = browser.get(path);
                CHECK(answer.status == 404);
                CHECK(answer.body == missing(browser));
            }
            CHECK(browser.post(circle.path() + "/comments", {{"body", "x"}, {"name", ""}}).status ==
                  404);
            CHECK(browser.post("/comments/" + words + "/hold", {}).status != 303);
        }
        CHECK(circle.site.browser_of(circle.ada).get(circle.path()).has("Between us"));
    }
}

TEST_CASE("who comes later reads what is begun later, and what is opened to them") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Circle circle(fresh.url);
        circle.site.site.clock.move(1h);
        circle.let_in(circle.lea);
        auto lea = circle.site.browser_of(circle.lea);
        CHECK(lea.get(circle.path()).status == 404);
        auto const later = circle.begin(circle.ben);
        CHECK(lea.get("/test/" + later.text()).status == 200);
        auto const open = [&](bool opened) {
            circle.write([&](database::Write& write) {
                auto const row = find_discussion(write, Viewer::server(), circle.discussion);
                open_to_later(write, row.value().id, opened);
            });
        };
        open(true);
        CHECK(lea.get(circle.path()).status == 200);
        open(false);
        CHECK(lea.get(circle.path()).status == 404);
    }
}

TEST_CASE("who leaves a group reads nothing of it any more, their own words included") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Circle circle(fresh.url);
        auto const words = circle.site.post(circle.ben, circle.discussion, "Mine");
        circle.write([&](database::Write& write) {
            dismiss(circle.site.site.site(), write, circle.group, circle.ben.id);
        });
        auto ben = circle.site.browser_of(circle.ben);
        CHECK(ben.get(circle.path()).status == 404);
        CHECK(ben.get("/comments/" + words).status == 404);
        CHECK(ben.post("/comments/" + words + "/delete", {}).status == 303);
        CHECK_FALSE(circle.site.browser_of(circle.ada).get(circle.path()).has("Mine"));
    }
}

TEST_CASE("distance hides people in a large circle; in a small one what they say stays") {
    for (auto const size : {GroupSize::small, GroupSize::large}) {
        CAPTURE(static_cast<int>(size));
        Circle circle({}, size);
        circle.let_in(circle.lea);
        circle.site.keep_apart(circle.ben, circle.lea);
        auto const first = circle.site.post(circle.ben, circle.discussion, "Ben's");
        circle.site.post(circle.ada, circle.discussion, "To Ben", first);
        auto lea = circle.site.browser_of(circle.lea);
        bool const small = size == GroupSize::small;
        CHECK(ids_of(lea.get_json(circle.path()).json()).size() == (small ? 2U : 0U));
        CHECK(lea.get("/comments/" + first).status == (small ? 303 : 404));
    }
}

TEST_CASE("a group that grows out of being small is one where distance hides") {
    Circle circle({});
    circle.let_in(circle.lea);
    circle.site.keep_apart(circle.ben, circle.lea);
    circle.site.post(circle.ben, circle.discussion, "Ben's");
    auto lea = circle.site.browser_of(circle.lea);
    CHECK(lea.get(circle.path()).has("Ben&#39;s"));
    circle.write(
        [&](database::Write& write) { set_group_size(write, circle.group, GroupSize::large); });
    CHECK_FALSE(lea.get(circle.path()).has("Ben&#39;s"));
}

TEST_CASE("what is said in a group waits for no steward, and no guest may say anything") {
    Circle circle({});
    circle.site.change_community([](members::Community& community) {
        community.hold_first_comments = true;
        community.hold_links = true;
        community.guests_may_comment = true;
    });
    circle.site.post(circle.ben, circle.discussion, "https://example.org/first");
    auto ada = circle.site.browser_of(circle.ada);
    CHECK(ids_of(ada.get_json(circle.path()).json()).size() == 1);
    auto const steward = circle.site.person("Sten", Role::steward);
    CHECK_FALSE(circle.site.browser_of(steward).get("/review").has("example.org"));
    CHECK(circle.site.site.browser().get(circle.path()).status == 404);
}

}  // namespace
}  // namespace kith::talk
