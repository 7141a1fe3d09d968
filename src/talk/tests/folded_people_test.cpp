#include <doctest/doctest.h>

#include "distance/distance_store.hpp"
#include "postgres.hpp"
#include "steady.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using testing::ids_of;
using testing::Person;
using testing::TalkSite;

/// A circle of three, with one discussion of Ada's.
struct Room {
    explicit Room(std::string const& url, GroupSize size) : site(url) {
        write([&](database::Write& write) {
            auto const now = site.site.clock.now();
            auto const group = make_group(write, size);
            for (auto const& person : {ada, ben, lea}) admit(write, group, person.id, now);
            DiscussionOpening opening{discussion, "/test/" + discussion.text(), Audience::group,
                                      ada.id};
            opening.group = group;
            opening.begun_at = now;
            static_cast<void>(open_discussion(write, opening));
        });
        for (auto const& person : {ada, ben, lea}) site.list(person);
    }

    template <class Work>
    void write(Work const& work) {
        site.site.database().write_now([&](database::Write& write) { work(write); });
    }
    void keep_distance(Person const& who, Person const& other) {
        write([&](database::Write& write) {
            CHECK(distance::keep_distance(write, {who.id, Role::member}, other.id, "x",
                                          site.site.clock.now()));
        });
    }
    void mute(Person const& who, Person const& other) {
        write([&](database::Write& write) {
            CHECK(distance::mute(write, {who.id, Role::member}, other.id, "x",
                                 site.site.clock.now()));
        });
    }

    /// The page as the person sees it, but for what each showing makes anew.
    std::string page(Person const& person) {
        return tests::steady(site.browser_of(person).get(path()).body);
    }
    std::string folded(Person const& person, std::string const& comment) {
        auto const told = site.browser_of(person).get_json("/comments/" + comment).json();
        return std::string(told.at("folded").as_string());
    }
    [[nodiscard]] std::string path() const { return "/test/" + discussion.text(); }

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person lea = site.person("Lea");
    PublicId discussion = PublicId::make(site.site.random);
};

TEST_CASE("whoever is muted is folded for the muter alone, and reads as before themselves") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Room room(fresh.url, GroupSize::large);
        auto const words = room.site.post(room.ben, room.discussion, "What Ben said");
        auto const own = room.site.post(room.lea, room.discussion, "What Lea said");
        auto const for_ben = room.page(room.ben);
        auto const for_ada = room.page(room.ada);
        room.mute(room.lea, room.ben);
        CHECK(room.folded(room.lea, words) == "muted");
        CHECK(room.folded(room.lea, own) == "no");
        CHECK(room.folded(room.ada, words) == "no");
        CHECK(room.page(room.ben) == for_ben);
        CHECK(room.page(room.ada) == for_ada);
        auto const page = room.page(room.lea);
        CHECK(page.find("Words of somebody you muted") != std::string::npos);
        CHECK(page.find("What Ben said") > page.find("Words of somebody you muted"));
        CHECK(page.find("aria-label=\"Ben") == std::string::npos);
        CHECK(page.find("aria-label=\"Lea") != std::string::npos);
    }
}

TEST_CASE("in a small circle only whoever keeps distance sees the other folded; all else stays") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Room room(fresh.url, GroupSize::small);
        auto const of_ben = room.site.post(room.ben, room.discussion, "What Ben said");
        auto const of_lea = room.site.post(room.lea, room.discussion, "What Lea said");
        auto const for_ben = room.page(room.ben);
        auto const for_ada = room.page(room.ada);
        auto const for_lea = room.page(room.lea);
        room.keep_distance(room.lea, room.ben);
        CHECK(room.page(room.ben) == for_ben);
        CHECK(room.page(room.ada) == for_ada);
        CHECK(room.folded(room.lea, of_ben) == "distant");
        CHECK(room.folded(room.ben, of_lea) == "no");
        auto const page = room.page(room.lea);
        CHECK(page.find("Words of somebody you keep distance from") != std::string::npos);
        CHECK(page.find("Someone you keep distance from can read this.") != std::string::npos);
        CHECK(for_ben.find("can read this") == std::string::npos);
        room.write([&](database::Write& write) {
            distance::take_distance_back(write, {room.lea.id, Role::member}, room.ben.id);
        });
        CHECK(room.page(room.lea) == for_lea);
    }
}

TEST_CASE("in a small circle names lead to no page, so that none has to end") {
    for (auto const size : {GroupSize::small, GroupSize::large}) {
        CAPTURE(static_cast<int>(size));
        Room room({}, size);
        room.site.post(room.ben, room.discussion, "What Ben said");
        bool const linked =
            room.page(room.lea).find("href=\"/members/" + room.ben.public_id.text() + "\"") !=
            std::string::npos;
        CHECK(linked == (size == GroupSize::large));
    }
}

TEST_CASE("beside each comment of another stands the way to keep distance, and beside no guest's") {
    Room room({}, GroupSize::large);
    auto const of_ben = room.site.post(room.ben, room.discussion, "What Ben said");
    auto const of_ada = room.site.post(room.ada, room.discussion, "What Ada said");
    auto const url = [&](Person const& viewer, std::string const& comment) {
        auto const told = room.site.browser_of(viewer).get_json("/comments/" + comment).json();
        auto const& found = told.at("distance_url");
        return found.is_string() ? std::string(found.as_string()) : std::string();
    };
    auto const page_of = [](Person const& person) {
        return "/members/" + person.public_id.text() + "/distance?known=";
    };
    CHECK(url(room.lea, of_ben).starts_with(page_of(room.ben)));
    CHECK(url(room.lea, of_ben).ends_with("&then=" + web::url_encode(room.path() + "#talk")));
    // What Ada began is out of sight once Lea keeps distance from her.
    CHECK(url(room.lea, of_ada).starts_with(page_of(room.ada)));
    CHECK(url(room.lea, of_ada).ends_with("&then=%2F"));
    CHECK(url(room.ben, of_ben).empty());
    CHECK(room.page(room.lea).find(page_of(room.ben)) != std::string::npos);
}

}  // namespace
}  // namespace kith::talk
