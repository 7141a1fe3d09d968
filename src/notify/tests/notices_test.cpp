#include "notice_site.hpp"
#include "web/archive.hpp"

using namespace kith;
using namespace kith::notify;
using namespace kith::notify::testing;
using namespace kith::tests;
using namespace std::chrono_literals;
using Sentences = std::vector<std::string>;

TEST_CASE("a notice stands on its member's page until it is seen, and on nobody else's") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya, "a");
        site.test.clock.move(1min);
        site.tell(called, site.kofi, site.maya, "b");

        CHECK(site.sentences(site.maya) == Sentences{"Kofi called you", "Joel greeted you"});
        CHECK(site.sentences(site.joel).empty());
        CHECK(site.test.browser().get("/notices").status == 303);
        CHECK(site.test.browser().get_json("/notices").status == 401);
        auto maya = site.as(site.maya);
        auto const page = maya.get("/notices");
        CHECK(page.has("Joel greeted you"));
        CHECK(page.has("<h2>Today</h2>"));
        CHECK(page.has("That is everything"));
        CHECK(page.has("something new"));

        auto const first = site.items(site.maya).front();
        std::string const open(first.at("open_url").as_string());
        CHECK(site.as(site.joel).post(open).status == 404);
        CHECK(site.test.browser().post(open).status == 401);
        auto const opened = maya.post(open);
        CHECK(opened.status == 303);
        CHECK(opened.header("location") == "/somewhere/b");
        CHECK_FALSE(site.items(site.maya).at(0).at("is_new").as_bool());
        CHECK(site.items(site.maya).at(1).at("is_new").as_bool());
        std::string const see(site.items(site.maya).at(1).at("seen_url").as_string());
        CHECK(maya.post(see).status == 303);
        CHECK_FALSE(maya.get("/notices").has("something new"));
    }
}

TEST_CASE("the frame says that there is something new, and never how much") {
    NoticeSite site;
    auto maya = site.as(site.maya);
    CHECK_FALSE(maya.get("/notices").has("something new"));
    site.tell(greeted, site.joel, site.maya, "a");
    auto const one = maya.get("/settings/notices");
    CHECK(one.has("something new"));
    for (auto const* about : {"b", "c", "d"}) site.tell(greeted, site.joel, site.maya, about);
    CHECK(maya.get("/settings/notices").body == one.body);
}

TEST_CASE("all that the page shows is seen at once, and not what came meanwhile") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya, "a");
        auto maya = site.as(site.maya);
        auto const page = maya.get_json("/notices").json();
        std::string const up_to(page.at("up_to").as_string());
        site.tell(greeted, site.joel, site.maya, "b");
        CHECK(site.as(site.joel).post("/notices/seen", {{"up_to", up_to}}).status == 400);
        CHECK(maya.post("/notices/seen", {{"up_to", up_to}}).status == 303);
        CHECK(site.items(site.maya).at(0).at("is_new").as_bool());
        CHECK_FALSE(site.items(site.maya).at(1).at("is_new").as_bool());
        CHECK(maya.post("/notices/seen").status == 303);
        CHECK_FALSE(maya.get_json("/notices").json().at("anything_new").as_bool());
    }
}

TEST_CASE("the same is told once until it was seen") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya);
        site.tell(greeted, site.kofi, site.maya);
        CHECK(site.sentences(site.maya) == Sentences{"Kofi greeted you"});
        site.tell(called, site.kofi, site.maya);
        CHECK(site.sentences(site.maya).size() == 2);
        site.as(site.maya).post("/notices/seen");
        site.tell(greeted, site.kofi, site.maya);
        CHECK(site.sentences(site.maya).size() == 3);
    }
}

TEST_CASE("nobody is told of their own doing") {
    NoticeSite site;
    site.tell(greeted, site.maya, site.maya);
    CHECK(site.sentences(site.maya).empty());
}

TEST_CASE("what someone apart does isn't told, nor shown once the two are apart") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya, "before");
        std::string const open(site.items(site.maya).at(0).at("open_url").as_string());
        site.separate(site.maya, site.joel);
        auto maya = site.as(site.maya);
        CHECK(site.sentences(site.maya).empty());
        CHECK_FALSE(maya.get("/notices").has("something new"));
        CHECK(maya.post(open).status == 404);
        site.tell(greeted, site.joel, site.maya, "after");
        // Kofi's words stand under Joel's.
        web::Notice beneath;
        beneath.to = site.maya.id;
        beneath.kind = greeted;
        beneath.url = "/somewhere";
        beneath.about = "beneath";
        beneath.from = site.kofi.id;
        beneath.beneath = {site.joel.id};
        site.tell(beneath);
        site.write([](database::Write& write) { database::execute(write, come_together); });
        CHECK(site.sentences(site.maya) == Sentences{"Joel greeted you"});
    }
}

TEST_CASE("what someone muted does isn't told, nor shown once they are muted; others' is") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya, "before");
        std::string const open(site.items(site.maya).at(0).at("open_url").as_string());
        site.mute(site.maya, site.joel);
        auto maya = site.as(site.maya);
        CHECK(site.sentences(site.maya).empty());
        CHECK_FALSE(maya.get("/notices").has("something new"));
        CHECK(maya.post(open).status == 404);
        site.tell(greeted, site.joel, site.maya, "after");
        site.tell(greeted, site.kofi, site.maya, "kofi");
        CHECK(site.sentences(site.maya) == Sentences{"Kofi greeted you"});
        // Maya's own doing is told to Joel as before.
        site.tell(greeted, site.maya, site.joel);
        CHECK(site.sentences(site.joel) == Sentences{"Maya greeted you"});
        // Others' words under those of someone muted are others' words.
        web::Notice beneath;
        beneath.to = site.maya.id;
        beneath.kind = greeted;
        beneath.url = "/somewhere";
        beneath.about = "beneath";
        beneath.from = site.kofi.id;
        beneath.beneath = {site.joel.id};
        site.tell(beneath);
        CHECK(site.sentences(site.maya).size() == 2);
    }
}

TEST_CASE("what someone apart did doesn't keep others' doing from being told") {
    NoticeSite site;
    site.tell(greeted, site.joel, site.maya);
    site.separate(site.maya, site.joel);
    site.tell(greeted, site.kofi, site.maya);
    CHECK(site.sentences(site.maya) == Sentences{"Kofi greeted you"});
}

TEST_CASE("what can't be seen any more is taken back, unless it was seen") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya, "a");
        site.as(site.maya).post("/notices/seen");
        site.tell(greeted, site.kofi, site.maya, "a");
        site.tell(greeted, site.kofi, site.joel, "a");
        site.tell(greeted, site.kofi, site.joel, "b");
        site.write([&](database::Write& write) { web::untell(write, site.site(), greeted, "a"); });
        CHECK(site.sentences(site.maya) == Sentences{"Joel greeted you"});
        CHECK(site.sentences(site.joel) == Sentences{"Kofi greeted you"});
    }
}

TEST_CASE("the page goes back by cursors that are its reader's own, and ends") {
    NoticeSite site;
    for (int at = 0; at < 60; ++at) site.tell(greeted, site.joel, site.maya, std::to_string(at));
    auto const page = site.as(site.maya).get_json("/notices").json();
    std::string const next(page.at("next_url").as_string());
    CHECK(site.as(site.joel).get(next).status == 400);
    auto const rest = site.as(site.maya).get(next);
    CHECK(rest.status == 200);
    CHECK(rest.has("That is everything"));
    auto const items = site.as(site.maya).get_json(next).json().at("days").at(0).at("items");
    CHECK(items.as_array().size() == 10);
}

TEST_CASE("a page that others may watch names nobody") {
    NoticeSite site;
    site.tell(greeted, site.joel, site.maya);
    site.execute(set_discreet, site.maya);
    auto const page = site.as(site.maya).get("/notices");
    CHECK(page.has("Someone greeted you"));
    CHECK_FALSE(page.has("Joel"));
}

TEST_CASE("notices are forgotten after 90 days") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya, "old");
        site.test.clock.move(24h);
        site.tell(greeted, site.kofi, site.maya, "younger");
        site.test.clock.move(limits::notice_age_max - 12h);
        forget_old_notices(site.site());
        CHECK(site.sentences(site.maya) == Sentences{"Kofi greeted you"});
    }
}

TEST_CASE("who goes takes along what they were told, and what others were told of them") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya, "of Joel");
        site.tell(greeted, site.kofi, site.maya, "of Kofi");
        site.tell(greeted, site.maya, site.joel, "to Joel");
        web::Archive archive;
        site.test.database().read([&](database::Read& read) {
            for (auto const& export_for : site.site().exports)
                export_for(site.site(), read, site.maya.id, archive);
        });
        bool found = false;
        for (auto const& entry : archive.entries())
            found |= entry.name == "notices.json" &&
                     entry.bytes.find("Kofi greeted you") != std::string::npos;
        CHECK(found);
        site.write([&](database::Write& write) {
            for (auto const& erase : site.site().erasures) erase(write, site.joel.id);
        });
        CHECK(site.sentences(site.maya) == Sentences{"Kofi greeted you"});
        CHECK(site.sentences(site.joel).empty());
    }
}

TEST_CASE("a kind that no slice declares is a mistake of the program") {
    NoticeSite site;
    web::Notice notice;
    notice.to = site.maya.id;
    notice.kind = "test.unknown";
    notice.url = "/";
    CHECK_THROWS_AS(site.tell(notice), std::logic_error);
}
