#include "distance/distance_store.hpp"
#include "distance/distance_link.hpp"
#include "distance/distance_slice.hpp"
#include "distance/folded.hpp"
#include "distance/limits.hpp"
#include "members/members.hpp"
#include "members/members_slice.hpp"
#include "members/profiles_store.hpp"
#include "members/sessions.hpp"
#include "postgres.hpp"
#include "test_site.hpp"

#include <doctest/doctest.h>

namespace kith::distance {
namespace {

struct Person {
    Id<Member> id;
    PublicId public_id;
    std::string path;
    [[nodiscard]] Viewer viewer() const { return {id, Role::member}; }
};

/// Members with their pages, and distance.
class House {
public:
    explicit House(std::string url = {})
        : site({members_slice(), distance_slice()}, hooks(), std::move(url)) {}

    template <class Work>
    auto write(Work work) {
        return site.database().write_now(work);
    }

    Person person(std::string const& name, Role role = Role::member, bool listed = true) {
        members::NewMember member{.public_id = PublicId::make(site.random), .name = name};
        member.role = role;
        member.language = "en";
        member.joined_at = site.clock.now();
        member.agreement_version = 1;
        auto const id =
            write([&](database::Write& write) { return members::add_member(write, member); });
        Person const made{id, member.public_id, "/members/" + member.public_id.text()};
        call(made, name, listed);
        return made;
    }
    void call(Person const& person, std::string const& name, bool listed) {
        write([&](database::Write& write) {
            members::set_own_words(write, person.id, {name, "", "", listed});
        });
    }

    tests::Browser as(Person const& person) {
        auto browser = site.browser();
        members::NewSession session;
        session.member = person.id;
        write([&](database::Write& write) {
            browser.cookies[std::string(members::session_cookie)] =
                members::start_session(site.site(), write, session);
        });
        return browser;
    }

    bool apart(Person const& one, Person const& other) {
        return site.database().read([&](database::Read& read) {
            bool const there = !members::find_member(read, one.viewer(), other.public_id);
            bool const back = !members::find_member(read, other.viewer(), one.public_id);
            CHECK(there == back);
            return there;
        });
    }

    std::string copy_of(Person const& person) {
        web::Archive archive;
        auto const slice = distance_slice();
        site.database().read([&](database::Read& read) {
            (*slice.export_for)(site.site(), read, person.id, archive);
        });
        std::string all;
        for (auto const& entry : archive.entries()) all += entry.bytes;
        return all;
    }

    tests::TestSite site;

private:
    static web::SiteHooks hooks() {
        auto hooks = members_hooks();
        hooks.queue_mail = [](database::Write&, web::Site&, web::OutgoingMail const&) {};
        return hooks;
    }
};

/// Runs a test on both databases.
template <class Test>
void on_both(Test test) {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        House house(fresh.url);
        test(house);
    }
}

/// The whole of an answer but the second in which it was sent.
auto observed(tests::Reply reply) {
    reply.headers.erase("date");
    return std::tuple(reply.status, reply.headers, reply.cookies, reply.body);
}

TEST_CASE("each keeps distance by themselves: taken back by one, it stays as the other keeps it") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto const now = house.site.clock.now();
        house.write([&](database::Write& write) {
            CHECK(keep_distance(write, ada.viewer(), ben.id, "Ben", now));
            CHECK(keep_distance(write, ada.viewer(), ben.id, "Ben", now));
        });
        CHECK(house.apart(ada, ben));
        house.write([&](database::Write& write) {
            CHECK(keep_distance(write, ben.viewer(), ada.id, "Ada", now));
            take_distance_back(write, ada.viewer(), ben.id);
        });
        CHECK(house.apart(ada, ben));
        house.write([&](database::Write& write) {
            CHECK(kept_from(write, ada.viewer()).empty());
            CHECK(kept_from(write, ben.viewer()).size() == 1);
            take_distance_back(write, ben.viewer(), ada.id);
        });
        CHECK_FALSE(house.apart(ada, ben));
    });
}

TEST_CASE("what one has not kept can't be taken back: the other's distance stays theirs") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.write([&](database::Write& write) {
            CHECK(keep_distance(write, ben.viewer(), ada.id, "Ada", house.site.clock.now()));
        });
        auto browser = house.as(ada);
        CHECK(browser.post(ben.path + "/distance/take-back").status == 303);
        CHECK(house.apart(ada, ben));
    });
}

TEST_CASE("keeping distance and taking it back leaves others as they are") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto const cleo = house.person("Cleo");
        house.write([&](database::Write& write) {
            auto const now = house.site.clock.now();
            CHECK(keep_distance(write, ada.viewer(), ben.id, "Ben", now));
            CHECK(keep_distance(write, ada.viewer(), cleo.id, "Cleo", now));
            take_distance_back(write, ada.viewer(), ben.id);
        });
        CHECK(house.apart(ada, cleo));
        CHECK_FALSE(house.apart(ben, cleo));
        CHECK_FALSE(house.apart(ada, ben));
    });
}

TEST_CASE("a person is muted or distant for whoever keeps it, and for nobody else") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto const cleo = house.person("Cleo");
        house.write([&](database::Write& write) {
            auto const now = house.site.clock.now();
            CHECK(mute(write, ada.viewer(), ben.id, "Ben", now));
            CHECK(mute(write, ada.viewer(), cleo.id, "Cleo", now));
            CHECK(keep_distance(write, ada.viewer(), cleo.id, "Cleo", now));
            std::vector const all{ada.id, ben.id, cleo.id};
            auto const of_ada = folded_people(write, ada.viewer(), all);
            CHECK(of_ada.why(ben.id) == Folded::muted);
            CHECK(of_ada.why(cleo.id) == Folded::distant);
            CHECK(of_ada.why(ada.id) == Folded::no);
            CHECK(of_ada.why(std::nullopt) == Folded::no);
            CHECK(folded_people(write, ada.viewer(), {ben.id}).why(cleo.id) == Folded::no);
            CHECK_FALSE(folded_people(write, ben.viewer(), all).any());
            CHECK_FALSE(folded_people(write, cleo.viewer(), all).any());
            CHECK(folded_by(write, Viewer::server(), cleo.id).why(ada.id) == Folded::distant);
            CHECK(folded_by(write, Viewer::server(), ben.id).why(ada.id) == Folded::muted);
            CHECK_FALSE(folded_by(write, Viewer::server(), ada.id).any());
            CHECK_THROWS_AS(static_cast<void>(folded_by(write, ben.viewer(), ben.id)),
                            std::logic_error);
            unmute(write, ada.viewer(), ben.id);
            CHECK(folded_people(write, ada.viewer(), all).why(ben.id) == Folded::no);
        });
        CHECK_FALSE(house.apart(ada, ben));
    });
}

TEST_CASE("from a member's page distance is one link and one press, and neither sees the other") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto const cleo = house.person("Cleo");
        auto browser = house.as(ada);
        CHECK(browser.get(ben.path).has(ben.path + "/distance?then=%2Fmembers"));
        auto const page = browser.get(ben.path + "/distance?then=%2Fmembers");
        CHECK(page.has("Keep distance from Ben"));
        CHECK(page.has("action=\"" + ben.path + "/distance\""));
        CHECK(page.has("action=\"" + ben.path + "/mute\""));
        auto const kept = browser.post(ben.path + "/distance", {{"then", "/members"}});
        CHECK(kept.status == 303);
        CHECK(kept.header("location") == "/members?said=distance.said_kept");
        CHECK(browser.follow(kept).has("You keep distance now."));
        CHECK(observed(browser.get(ben.path)) == observed(browser.get("/members/nobody")));
        auto other = house.as(ben);
        CHECK(observed(other.get(ada.path)) == observed(other.get("/members/nobody")));
        CHECK_FALSE(other.get("/members").has("Ada"));
        CHECK(house.as(cleo).get("/members").has("Ada"));
        CHECK(house.as(cleo).get(ben.path).status == 200);
    });
}

TEST_CASE("one goes on to what is left to see, never to another site") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    auto browser = house.as(ada);
    for (auto const& [then, location] :
         {std::pair<std::string, std::string>{ben.path, "/"},
          {ben.path + "#about", "/"},
          {"//elsewhere.example/", "/"},
          {"", "/"},
          {"/members#people", "/members?said=distance.said_kept#people"}}) {
        auto const kept = browser.post(ben.path + "/distance", {{"then", then}});
        CHECK(kept.status == 303);
        CHECK(kept.header("location") ==
              (location == "/" ? "/?said=distance.said_kept" : location));
    }
}

TEST_CASE("the list is its owner's alone, holds the names that they knew, and leads back") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto const cleo = house.person("Cleo");
        auto browser = house.as(ada);
        browser.post(ben.path + "/distance");
        browser.post(cleo.path + "/mute");
        house.call(ben, "Benjamin", false);
        house.call(cleo, "Cleopatra", false);
        auto const page = browser.get("/settings/distance");
        CHECK(page.has(">Ben<"));
        CHECK(page.has(">Cleo<"));
        CHECK_FALSE(page.has("Benjamin"));
        CHECK_FALSE(page.has("Cleopatra"));
        CHECK_FALSE(house.as(ben).get("/settings/distance").has("Ada"));
        CHECK_FALSE(house.as(cleo).get("/settings/distance").has("Ada"));
        CHECK(browser.get(ben.path + "/distance").has("You keep distance"));
        CHECK_FALSE(browser.get(ben.path + "/distance").has("Benjamin"));
        auto const json = browser.get_json("/settings/distance").json();
        REQUIRE(json.at("kept").as_array().size() == 1);
        auto const back = std::string(json.at("kept").at(0).at("take_back_url").as_string());
        auto const unmute = std::string(json.at("muted").at(0).at("take_back_url").as_string());
        CHECK(browser.post_json(back, boost::json::object()).status == 200);
        CHECK(browser.post_json(unmute, boost::json::object()).status == 200);
        auto const after = browser.get_json("/settings/distance").json();
        CHECK(after.at("kept").as_array().empty());
        CHECK(after.at("muted").as_array().empty());
        house.call(ben, "Benjamin", true);
        CHECK_FALSE(house.apart(ada, ben));
    });
}

TEST_CASE("the page of distance answers alike, whether the other keeps distance or has withdrawn") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto browser = house.as(ada);
        auto const page = ben.path + "/distance";
        CHECK(browser.get(page).has("Ben"));
        house.call(ben, "Ben", false);
        auto const withdrawn = observed(browser.get(page));
        CHECK(std::get<0>(withdrawn) == 200);
        house.call(ben, "Ben", true);
        house.as(ben).post(ada.path + "/distance");
        CHECK(observed(browser.get(page)) == withdrawn);
        house.call(ben, "Another name", true);
        CHECK(observed(browser.get(page)) == withdrawn);
        CHECK(observed(browser.get(ben.path)) == observed(browser.get("/members/nobody")));
        // And so does the deed: Ada may keep distance as well, and learns nothing by it.
        CHECK(browser.post(page).header("location") == "/?said=distance.said_kept");
        CHECK(browser.get("/settings/distance").has("Someone whose name you did not see"));
    });
}

TEST_CASE("a link brings the name that the viewer saw, sealed for them alone") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben", Role::member, false);
    auto const cleo = house.person("Cleo");
    web::Call call(house.site.site(), web::HttpRequest{});
    call.visitor.viewer = ada.viewer();
    auto const url = distance_url(call, ben.public_id, "Ben", "/essays/soup#talk");
    CHECK(url.find("Ben") == std::string::npos);
    CHECK(url.ends_with("&then=%2Fessays%2Fsoup%23talk"));
    CHECK(house.as(ada).get(url).has("Keep distance from Ben"));
    CHECK(house.as(cleo).get(url).has("Keep distance from this person"));
    auto other = url;
    other.replace(0, ben.path.size(), cleo.path);
    house.call(cleo, "Cleo", false);
    CHECK(house.as(ada).get(other).has("Keep distance from this person"));
}

TEST_CASE("a stranger is asked to sign in; from oneself and nobody there is no distance") {
    House house;
    auto const ada = house.person("Ada");
    auto stranger = house.site.browser();
    CHECK(stranger.get(ada.path + "/distance").status == 303);
    CHECK(stranger.post(ada.path + "/distance").status == 401);
    CHECK(stranger.get("/settings/distance").status == 303);
    CHECK(stranger.get("/distance").has("Nobody is told."));
    auto browser = house.as(ada);
    auto const nobody = "/members/" + PublicId::make(house.site.random).text();
    for (auto const& path : {ada.path, nobody}) {
        for (auto const* deed : {"/distance", "/distance/take-back", "/mute", "/unmute"}) {
            CHECK(browser.post(path + deed).status == 404);
            CHECK(browser.post_json(path + deed, boost::json::object()).status == 404);
        }
        CHECK(observed(browser.get(path + "/distance")) == observed(browser.get("/nothing")));
    }
}

TEST_CASE("one may keep distance from a steward, who may keep it as well") {
    House house;
    auto const ada = house.person("Ada");
    auto const sia = house.person("Sia", Role::steward, false);
    auto browser = house.as(ada);
    CHECK(browser.get(sia.path).status == 200);
    CHECK(browser.post(sia.path + "/distance").status == 303);
    CHECK(browser.get(sia.path).status == 404);
    CHECK(house.as(sia).get(ada.path).status == 404);
    auto host_page = house.as(sia).get("/host/members");
    CHECK_FALSE(host_page.has("Ada"));
}

TEST_CASE("an agreement that waits doesn't stand between anyone and their distance") {
    House house;
    auto const ben = house.person("Ben");
    members::NewMember member{.public_id = PublicId::make(house.site.random), .name = "Ada"};
    auto const id =
        house.write([&](database::Write& write) { return members::add_member(write, member); });
    auto browser = house.as({id, member.public_id, ""});
    CHECK(browser.post(ben.path + "/distance").status == 303);
    CHECK(browser.post(ben.path + "/mute").status == 303);
}

TEST_CASE("how often one keeps distance is counted for oneself, never for the other") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    auto const cleo = house.person("Cleo");
    auto browser = house.as(ada);
    for (unsigned i = 0; i < limits::distances_made_max; ++i)
        REQUIRE(browser.post(ben.path + "/distance").status == 303);
    CHECK(browser.post(ben.path + "/distance").status == 429);
    CHECK(house.as(cleo).post(ben.path + "/distance").status == 303);
    CHECK(browser.post(ben.path + "/mute").status == 303);
}

TEST_CASE("a copy holds what one keeps, and never what others keep; erasing takes both") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto const cleo = house.person("Cleo");
        house.as(ada).post(ben.path + "/distance");
        house.as(ada).post(cleo.path + "/mute");
        house.as(cleo).post(ben.path + "/distance");
        auto const own = house.copy_of(ada);
        CHECK(own.find("Ben") != std::string::npos);
        CHECK(own.find("Cleo") != std::string::npos);
        auto const of_ben = house.copy_of(ben);
        CHECK(of_ben.find("Ada") == std::string::npos);
        CHECK(of_ben.find("Cleo") == std::string::npos);
        auto const slice = distance_slice();
        house.write([&](database::Write& write) { (*slice.erase_for)(write, ada.id); });
        CHECK(house.copy_of(ada).find("Ben") == std::string::npos);
        CHECK_FALSE(house.apart(ada, ben));
        CHECK(house.apart(cleo, ben));
        house.write([&](database::Write& write) { (*slice.erase_for)(write, ben.id); });
        CHECK(house.copy_of(cleo).find("Ben") == std::string::npos);
    });
}

}  // namespace
}  // namespace kith::distance
