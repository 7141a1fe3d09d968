#include <doctest/doctest.h>

#include <algorithm>

#include "base/limits.hpp"
#include "postgres.hpp"
#include "talk/group_words.hpp"
#include "talk/mentions.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using namespace std::chrono_literals;
using testing::Person;
using testing::TalkSite;
using testing::Told;

constexpr database::Sql mentions_sql = "select count(*) from comment_mentions";

struct Named {
    explicit Named(std::string const& url = {}) : site(url), notices(site) {}

    /// The comments of which the person was told that they name them.
    [[nodiscard]] std::vector<std::string> told(Person const& person) const {
        return notices.of("talk.mentioned", person);
    }

    TalkSite site;
    Told notices;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person cleo = site.person("Cleo");
    Person maya = site.person("Maya Okoro");
    Person other_maya = site.person("Maya");
    PublicId discussion = site.discussion(ada);
};

using Ids = std::vector<std::string>;

TEST_CASE("a name is looked for after an @, not in an address") {
    auto const names = possible_mentions("Dear @Maya Okoro, hello");
    REQUIRE(names.size() == 1);
    CHECK(names[0] == PossibleNames{"Maya Okoro, hello", "Maya Okoro", "Maya"});
    CHECK(possible_mentions("write to maya@example.org").empty());
    CHECK(possible_mentions("@ @, @").empty());
    CHECK(possible_mentions("(@Zoë)").at(0) == PossibleNames{"Zoë"});
    CHECK(possible_mentions("@Ben\nMaya").at(0) == PossibleNames{"Ben"});
    std::string many;
    for (int i = 0; i < 100; ++i) many += "@Ben ";
    CHECK(possible_mentions(many).size() == limits::mentions_max);
}

TEST_CASE("whoever goes by exactly that name is told, and the words say nothing about it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Named s(fresh.url);
        auto const one = s.site.post(s.ben, s.discussion, "Thank you @Maya Okoro, and @Nobody");
        CHECK(s.told(s.maya) == Ids{one});
        CHECK(s.told(s.other_maya).empty());
        CHECK(s.notices.last().url == "/comments/" + one);
        CHECK(s.notices.has("talk.commented", s.ada));
        auto cleo_browser = s.site.browser_of(s.cleo);
        CHECK(cleo_browser.get("/test/" + s.discussion.text())
                  .has("<p>Thank you @Maya Okoro, and @Nobody</p>"));
        auto const two = s.site.post(s.ben, s.discussion, "@Maya too, and @ben not, nor @Ben");
        CHECK(s.told(s.other_maya) == Ids{two});
        CHECK(s.told(s.maya) == Ids{one});
        CHECK(s.told(s.ben).empty());
        // A change tells whoever it names anew, and nobody twice.
        auto ben_browser = s.site.browser_of(s.ben);
        CHECK(
            ben_browser.post("/comments/" + two + "/edit", {{"body", "@Maya and @Cleo"}}).status ==
            303);
        CHECK(s.told(s.other_maya) == Ids{two});
        CHECK(s.told(s.cleo) == Ids{two});
        // What is taken back is told of no more.
        CHECK(ben_browser.post("/comments/" + two + "/delete").status == 303);
        CHECK(s.told(s.cleo).empty());
        CHECK(s.told(s.maya) == Ids{one});
    }
}

TEST_CASE("nobody is told by someone they are apart from, nor of what they can't read") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Named s(fresh.url);
        s.site.keep_apart(s.ben, s.other_maya);
        auto const under = s.site.post(s.ben, s.discussion, "@Maya, still?");
        s.site.post(s.cleo, s.discussion, "@Maya, under whom you don't see", under);
        CHECK(s.told(s.other_maya).empty());
        auto const quote = "> [Ben](/comments/" + under + "):\n> still?\n\n@Maya, do you see?";
        s.site.post(s.cleo, s.discussion, quote);
        CHECK(s.told(s.other_maya).empty());
        auto const own = s.site.discussion(s.ada, Audience::author);
        s.site.post(s.ada, own, "@Maya Okoro, not for you");
        CHECK(s.told(s.maya).empty());
        auto const group = s.site.site.database().write_now([&](database::Write& write) {
            auto const made = make_group(write, GroupSize::small);
            for (auto const& person : {s.ada, s.ben}) admit(write, made, person.id, Time{});
            return made;
        });
        auto const circle = PublicId::make(s.site.site.random);
        s.site.site.database().write_now([&](database::Write& write) {
            DiscussionOpening opening{circle, "/test/" + circle.text(), Audience::group, s.ada.id};
            opening.group = group;
            static_cast<void>(open_discussion(write, opening));
        });
        auto const inside = s.site.post(s.ada, circle, "@Ben and @Maya Okoro");
        CHECK(s.told(s.ben) == Ids{inside});
        CHECK(s.told(s.maya).empty());
        s.site.site.database().write_now(
            [&](database::Write& write) { erase_group(write, group); });
    }
}

TEST_CASE("a comment that waits for a steward tells whom it names once it stands") {
    Named s;
    s.site.change_community([](members::Community& c) { c.hold_first_comments = true; });
    auto const id = s.site.post(s.ben, s.discussion, "Hello @Cleo");
    CHECK(s.told(s.cleo).empty());
    auto sam_browser = s.site.browser_of(s.site.person("Sam", Role::steward));
    CHECK(sam_browser.post("/comments/" + id + "/release").status == 303);
    CHECK(s.told(s.cleo) == Ids{id});
    s.site.site.database().write_now(
        [&](database::Write& write) { (*talk_slice().erase_for)(write, s.cleo.id); });
    auto const left = s.site.site.database().read(
        [](database::Read& read) { return database::number(read, mentions_sql); });
    CHECK(left == 0);
}

}  // namespace
}  // namespace kith::talk
