#include <thread>

#include "notice_site.hpp"
#include "notify/delivery.hpp"
#include "notify/notice_settings_store.hpp"

using namespace kith;
using namespace kith::notify;
using namespace kith::notify::testing;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

/// The form of the settings with what isn't given as it is by default.
FormFields settings(FormFields const& changed = {}) {
    FormFields fields{{"mail", "1"},
                      {"wording", "neutral"},
                      {"digest_at", "09:00"},
                      {"quiet_from", "21:00"},
                      {"quiet_until", "09:00"}};
    for (auto const& [name, value] : changed) {
        std::erase_if(fields, [&](auto const& field) { return field.first == name; });
        fields.emplace_back(name, value);
    }
    return fields;
}

}  // namespace

// The test's clock begins on 8 March 2026 at 20:00 UTC; the community's zone is UTC.

TEST_CASE("one mail a day tells of all that came, without a word of anybody") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya, "a");
        site.tell(greeted, site.kofi, site.maya, "b");
        site.test.clock.move(12h + 59min);
        deliver_notices(site.site());
        CHECK(site.mails().empty());
        site.test.clock.move(1min);
        deliver_notices(site.site());
        deliver_notices(site.site());
        auto const mails = site.mails();
        REQUIRE(mails.size() == 1);
        CHECK(mails[0].recipient == "maya@example.org");
        CHECK(mails[0].subject == "You have an update");
        CHECK(mails[0].body.find("http://127.0.0.1/notices\n") != std::string::npos);
        for (auto const* word : {"Joel", "Kofi", "Maya", "greeted", "somewhere", "Test"})
            CHECK(mails[0].body.find(word) == std::string::npos);
        CHECK(site.items(site.maya).at(0).at("is_new").as_bool());
        // The next day there is nothing to tell.
        site.test.clock.move(24h);
        deliver_notices(site.site());
        CHECK(site.mails().size() == 1);
    }
}

TEST_CASE("two servers that deliver at once send one mail") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(called, site.joel, site.maya);
        std::thread other([&] { deliver_notices(site.site()); });
        deliver_notices(site.site());
        other.join();
        CHECK(site.mails().size() == 1);
    }
}

TEST_CASE("what is wanted at once comes at once, but waits for the end of quiet hours") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(called, site.joel, site.maya, "a");
        deliver_notices(site.site());
        CHECK(site.mails().size() == 1);
        site.test.clock.move(1h);  // 21:00
        site.tell(called, site.joel, site.maya, "b");
        deliver_notices(site.site());
        site.test.clock.move(11h + 59min);
        deliver_notices(site.site());
        CHECK(site.mails().size() == 1);
        site.test.clock.move(1min);
        deliver_notices(site.site());
        CHECK(site.mails().size() == 2);
    }
}

TEST_CASE("quiet hours are those of the member's own clock") {
    NoticeSite site;
    site.write([&](database::Write& write) {
        database::execute(write, set_zone, database::bind("zone", std::string("Asia/Tokyo")),
                          database::bind("member", site.maya.id));
    });
    site.tell(called, site.joel, site.maya);  // 05:00 in Tokyo
    site.test.clock.move(3h + 59min);
    deliver_notices(site.site());
    CHECK(site.mails().empty());
    site.test.clock.move(1min);
    deliver_notices(site.site());
    CHECK(site.mails().size() == 1);
}

TEST_CASE(
    "nothing is mailed that was seen, that comes from someone apart, or to nobody's address") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya, "seen");
        site.as(site.maya).post("/notices/seen");
        site.tell(greeted, site.joel, site.maya, "apart");
        site.tell(greeted, site.joel, site.kofi, "no address");
        site.separate(site.maya, site.joel);
        site.test.clock.move(13h);
        deliver_notices(site.site());
        CHECK(site.mails().empty());
        // Coming together again doesn't bring old mail.
        site.write([](database::Write& write) { database::execute(write, come_together); });
        site.test.clock.move(24h);
        deliver_notices(site.site());
        CHECK(site.mails().empty());
    }
}

TEST_CASE("what someone did isn't mailed any more once they are muted") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(greeted, site.joel, site.maya);
        site.mute(site.maya, site.joel);
        site.test.clock.move(13h);
        deliver_notices(site.site());
        CHECK(site.mails().empty());
    }
}

TEST_CASE("something about the same isn't mailed again before it was seen") {
    NoticeSite site;
    site.tell(called, site.joel, site.maya);
    deliver_notices(site.site());
    site.tell(called, site.kofi, site.maya);
    deliver_notices(site.site());
    CHECK(site.mails().size() == 1);
    site.as(site.maya).post("/notices/seen");
    site.tell(called, site.joel, site.maya);
    deliver_notices(site.site());
    CHECK(site.mails().size() == 2);
}

TEST_CASE("a member may choose the way, the hours and fuller words") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        auto maya = site.as(site.maya);
        site.tell(greeted, site.joel, site.maya, "waited");
        auto const form = settings({{"ways", "test.greeted=at_once"},
                                    {"wording", "full"},
                                    {"quiet_from", "01:00"},
                                    {"quiet_until", "02:00"}});
        CHECK(site.test.browser().post("/settings/notices", form).status == 401);
        CHECK(maya.post("/settings/notices", form).status == 303);
        auto const kept = maya.get_json("/settings/notices").json();
        CHECK(kept.at("wording").as_string() == "full");
        CHECK(kept.at("groups").at(0).at("kinds").at(0).at("way").as_string() == "at_once");
        CHECK(kept.at("quiet_from").at("value").as_string() == "01:00");
        // What waited for the next day goes as it is wished for now.
        deliver_notices(site.site());
        REQUIRE(site.mails().size() == 1);
        auto const body = site.mails().front().body;
        CHECK(body.find("Joel greeted you\n  http://127.0.0.1/somewhere/waited") !=
              std::string::npos);
        CHECK(site.mails().front().subject == "You have an update");
        site.execute(set_discreet, site.maya);
        site.tell(greeted, site.joel, site.maya, "more");
        deliver_notices(site.site());
        REQUIRE(site.mails().size() == 2);
        CHECK(site.mails().back().body.find("Joel") == std::string::npos);
    }
}

TEST_CASE("a kind that is for the app only isn't mailed, and without mail nothing is") {
    NoticeSite site;
    site.as(site.maya).post("/settings/notices", settings({{"ways", "test.called=app"}}));
    site.tell(called, site.joel, site.maya);
    auto without = settings();
    std::erase_if(without, [](auto const& field) { return field.first == "mail"; });
    site.as(site.joel).post("/settings/notices", without);
    site.tell(called, site.maya, site.joel);
    site.test.clock.move(24h);
    deliver_notices(site.site());
    CHECK(site.mails().empty());
    CHECK(site.sentences(site.maya).size() == 1);
}

TEST_CASE("a mistake in the settings keeps what was typed and changes nothing") {
    NoticeSite site;
    auto maya = site.as(site.maya);
    auto const reply = maya.post("/settings/notices",
                                 settings({{"ways", "test.called=app"}, {"quiet_from", "25:00"}}));
    CHECK(reply.status == 422);
    CHECK(reply.has("Write a time of day"));
    CHECK(reply.has("value=\"25:00\""));
    CHECK(reply.has("value=\"test.called=app\" selected"));
    for (auto const* way : {"test.called", "test.called=often", "test.nothing=app",
                            "test.for_stewards=app", "notify.address_refuses=at_once"})
        CHECK(maya.post("/settings/notices", settings({{"ways", way}})).status == 422);
    auto const kept = maya.get_json("/settings/notices").json();
    CHECK(kept.at("quiet_from").at("value").as_string() == "21:00");
}

TEST_CASE("a stranger sees no settings, and a member their own") {
    NoticeSite site;
    CHECK(site.test.browser().get("/settings/notices").status == 303);
    CHECK(site.test.browser().get_json("/settings/notices").status == 401);
    auto const page = site.as(site.maya).get("/settings/notices");
    CHECK(page.has("maya@example.org"));
    CHECK(page.has("Someone greeted you"));
    CHECK_FALSE(page.has("Someone waits"));
    CHECK(site.as(site.kofi).get("/settings/notices").has("you need a confirmed address"));
}
