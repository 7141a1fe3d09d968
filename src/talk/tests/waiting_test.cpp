#include <doctest/doctest.h>

#include "postgres.hpp"
#include "talk/greeters.hpp"
#include "talk/group_words.hpp"
#include "talk/waiting_store.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using namespace std::chrono_literals;
using testing::Person;
using testing::TalkSite;
using tests::databases_for_tests;

/// What Ada began in a circle of hers and Ben's; Lea greets, Gil guides, and neither belongs to it.
struct Waiting {
    template <class Work>
    auto write(Work const& work) {
        return site.site.database().write_now(work);
    }
    template <class Work>
    auto read(Work const& work) {
        return site.site.database().read(work);
    }

    explicit Waiting(std::string const& url, GroupSize size = GroupSize::small) : site(url) {
        write([&](database::Write& write) {
            group = make_group(write, size);
            admit(write, group, ada.id, Time{});
            admit(write, group, ben.id, Time{});
            DiscussionOpening opening{public_id, "/test/" + public_id.text(), Audience::group,
                                      ada.id};
            opening.group = group;
            opening.begun_at = now();
            discussion = open_discussion(write, opening);
            begin_waiting(write, discussion, "test", Patience::day, now());
            static_cast<void>(name_greeter(write, lea.id, now()));
        });
    }

    [[nodiscard]] Time now() const { return site.site.clock.now(); }

    bool answered() {
        return read([&](database::Read& read) {
            return find_wait(read, {ada.id, Role::member}, discussion).value().answered;
        });
    }
    std::size_t due(std::chrono::hours after) {
        return read([&](database::Read& read) {
            return due_waits(read, Viewer::server(), now() + after).size();
        });
    }
    std::vector<std::string> would_read(Reach reach) {
        std::vector<std::string> names;
        auto const people = read([&](database::Read& read) {
            return who_would_read(read, {ada.id, Role::member}, reach);
        });
        for (auto const& person : people) names.push_back(person.name);
        return names;
    }
    /// Lets Lea read Ada's words in a place of their own, as the room above does.
    PublicId hand_to_lea() {
        return write([&](database::Write& write) {
            DiscussionOpening opening{PublicId::make(site.site.random), "/test/x", Audience::group,
                                      ada.id};
            opening.subject_path = "/test/" + opening.public_id.text();
            opening.group = make_group(write, GroupSize::large);
            opening.begun_at = now();
            auto const answers = open_discussion(write, opening);
            admit(write, opening.group, ada.id, Time{});
            admit(write, opening.group, lea.id, Time{});
            set_answers(write, discussion, answers);
            set_reach(write, discussion, Reach::greeters, now());
            return opening.public_id;
        });
    }

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person lea = site.person("Lea");
    Person gil = site.person("Gil", Role::guide);
    Id<Group> group;
    PublicId public_id = PublicId::make(site.site.random);
    Id<Discussion> discussion;
};

TEST_CASE("words wait until somebody else answers them, with words or without") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url);
        CHECK_FALSE(house.answered());
        auto const own = house.site.post(house.ada, house.public_id, "Is anybody there?");
        CHECK_FALSE(house.answered());
        auto ben = house.site.browser_of(house.ben);
        REQUIRE(ben.post("/comments/" + own + "/kind", {{"kind", "heard"}}).status == 303);
        CHECK(house.answered());
        REQUIRE(ben.post("/comments/" + own + "/kind/take-back").status == 303);
        CHECK_FALSE(house.answered());
        static_cast<void>(house.site.post(house.ben, house.public_id, "I am."));
        CHECK(house.answered());
        CHECK_FALSE(house.read([&](database::Read& read) {
            return find_wait(read, {house.ben.id, Role::member}, house.discussion).has_value();
        }));
    }
}

TEST_CASE("an answer of somebody whom the author is apart from doesn't end their silence") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url, GroupSize::large);
        static_cast<void>(house.site.post(house.ben, house.public_id, "I am here."));
        CHECK(house.due(25h) == 0);
        house.site.keep_apart(house.ada, house.ben);
        CHECK_FALSE(house.answered());
        CHECK(house.due(25h) == 1);
    }
}

TEST_CASE("words travel when the time that their author chose has gone by without an answer") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url);
        auto const choose = [&](Patience patience) {
            house.write([&](database::Write& write) {
                choose_patience(house.site.site.site(), write, house.discussion, patience);
            });
        };
        CHECK(house.due(23h) == 0);
        CHECK(house.due(24h) == 1);
        choose(Patience::stay);
        CHECK(house.due(10000h) == 0);
        choose(Patience::three_days);
        CHECK(house.due(71h) == 0);
        CHECK(house.due(72h) == 1);
        choose(Patience::week);
        CHECK(house.due(167h) == 0);
        CHECK(house.due(168h) == 1);
        house.write([&](database::Write& write) {
            set_reach(write, house.discussion, Reach::greeters, house.now() + 168h);
        });
        CHECK(house.due(335h) == 0);
        CHECK(house.due(336h) == 1);
        house.write([&](database::Write& write) {
            set_reach(write, house.discussion, Reach::guides, house.now() + 336h);
        });
        CHECK(house.due(10000h) == 0);
        choose(Patience::day);
        house.write([&](database::Write& write) {
            set_audience(write, house.discussion, Audience::group, false);
        });
        CHECK(house.due(10000h) == 0);
    }
}

TEST_CASE("greeters and guides are named to the author, but nobody who is apart from them") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url);
        using Names = std::vector<std::string>;
        house.write([&](database::Write& write) {
            CHECK(name_greeter(write, house.ada.id, house.now()));
            CHECK_FALSE(name_greeter(write, house.lea.id, house.now()));
        });
        CHECK(house.would_read(Reach::greeters) == Names{"Lea"});
        CHECK(house.would_read(Reach::guides) == Names{"Gil"});
        CHECK(house.would_read(Reach::here).empty());
        house.site.keep_apart(house.ada, house.lea);
        CHECK(house.would_read(Reach::greeters).empty());
        auto const seen = house.read([&](database::Read& read) {
            return greeters(read, {house.ada.id, Role::member}).size();
        });
        CHECK(seen == 1);
    }
}

TEST_CASE("who was reached reads what is answered there, and nothing of the circle") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url);
        auto const elsewhere = house.hand_to_lea();
        static_cast<void>(house.site.post(house.ada, house.public_id, "Only for my circle."));
        auto const answer = house.site.post(house.lea, elsewhere, "I read you.");
        CHECK(house.answered());
        auto const status = [&](Person const& person, std::string const& path) {
            return house.site.browser_of(person).get_json(path).status;
        };
        CHECK(status(house.lea, "/test/" + house.public_id.text()) == 404);
        CHECK(status(house.lea, "/test/" + elsewhere.text()) == 200);
        CHECK(status(house.ada, "/test/" + elsewhere.text()) == 200);
        CHECK(status(house.ben, "/test/" + elsewhere.text()) == 404);
        CHECK(status(house.gil, "/test/" + elsewhere.text()) == 404);
        CHECK(status(house.ben, "/comments/" + answer) == 404);
        house.site.keep_apart(house.ada, house.lea);
        CHECK(status(house.lea, "/test/" + elsewhere.text()) == 404);
        CHECK_FALSE(house.answered());
    }
}

TEST_CASE("what has travelled comes back when its author says so, and the answers stay theirs") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url);
        auto const elsewhere = house.hand_to_lea();
        static_cast<void>(house.site.post(house.lea, elsewhere, "I read you."));
        house.write([&](database::Write& write) {
            choose_patience(house.site.site.site(), write, house.discussion, Patience::stay);
        });
        auto lea = house.site.browser_of(house.lea);
        CHECK(lea.get("/test/" + elsewhere.text()).body == lea.get("/test/none").body);
        CHECK(house.site.browser_of(house.ada).get("/test/" + elsewhere.text()).has("I read you."));
        house.write([&](database::Write& write) {
            end_waiting(house.site.site.site(), write, house.discussion);
        });
        CHECK(house.site.browser_of(house.ada).get("/test/" + elsewhere.text()).status == 404);
    }
}

TEST_CASE("a greeter who stops reads nothing more of what had come to them") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url);
        auto const elsewhere = "/test/" + house.hand_to_lea().text();
        CHECK(house.site.browser_of(house.lea).get(elsewhere).status == 200);
        house.write([&](database::Write& write) { unname_greeter(write, house.lea.id); });
        CHECK(house.site.browser_of(house.lea).get(elsewhere).status == 404);
    }
}

TEST_CASE(
    "what was answered in its circle is answered at home, once nobody it reached has spoken") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url);
        auto const at_home = [&] {
            return house.read([](database::Read& read) {
                return answered_at_home(read, Viewer::server()).size();
            });
        };
        auto const elsewhere = house.hand_to_lea();
        CHECK(at_home() == 0);
        static_cast<void>(house.site.post(house.ben, house.public_id, "I am here."));
        CHECK(at_home() == 1);
        static_cast<void>(house.site.post(house.lea, elsewhere, "I read you."));
        CHECK(at_home() == 0);
    }
}

TEST_CASE("the time to a first answer is measured wherever it was given, for what a viewer sees") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url, GroupSize::large);
        auto const times = [&](Person const& person) {
            return house.read([&](database::Read& read) {
                return reply_times(read, {person.id, Role::steward}, Time{});
            });
        };
        auto const begun = house.now();
        REQUIRE(times(house.gil).size() == 1);
        CHECK(times(house.gil)[0].begun_at == begun);
        CHECK_FALSE(times(house.gil)[0].first_reply_at);
        auto const elsewhere = house.hand_to_lea();
        house.site.site.clock.move(3h);
        static_cast<void>(house.site.post(house.lea, elsewhere, "I read you."));
        house.site.site.clock.move(3h);
        static_cast<void>(house.site.post(house.ben, house.public_id, "I am here."));
        CHECK(times(house.gil)[0].first_reply_at == begun + 3h);
        house.site.keep_apart(house.gil, house.lea);
        CHECK(times(house.gil)[0].first_reply_at == begun + 6h);
        house.site.keep_apart(house.gil, house.ada);
        CHECK(times(house.gil).empty());
        CHECK(times(house.ben).size() == 1);
    }
}

TEST_CASE("nothing of what waits outlives its circle, nor its author") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Waiting house(fresh.url);
        auto const elsewhere = house.hand_to_lea();
        static_cast<void>(house.site.post(house.lea, elsewhere, "I read you."));
        auto const waits = [&] {
            return house.read([&](database::Read& read) {
                return waits_of(read, Viewer::server(), house.ada.id).size();
            });
        };
        CHECK(waits() == 1);
        house.write([&](database::Write& write) { erase_group(write, house.group); });
        CHECK(waits() == 0);
        CHECK(house.site.browser_of(house.ada).get("/test/" + elsewhere.text()).status == 404);
        Waiting other(fresh.engine == "sqlite" ? "" : tests::new_postgres_database().url);
        auto const place = other.hand_to_lea();
        other.write([&](database::Write& write) { forget_waits_of(write, other.ada.id); });
        CHECK(other.site.browser_of(other.lea).get("/test/" + place.text()).status == 404);
        CHECK(other.due(10000h) == 0);
    }
}

}  // namespace
}  // namespace kith::talk
