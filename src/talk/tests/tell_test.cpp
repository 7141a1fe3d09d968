#include <doctest/doctest.h>

#include "postgres.hpp"
#include "talk_site.hpp"

using namespace kith;
using namespace kith::talk;
using namespace kith::talk::testing;

TEST_CASE("whose words are answered is told, and whose object it stands under; each once") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        TalkSite site(fresh.url);
        Told told(site);
        auto const maya = site.person("Maya");
        auto const joel = site.person("Joel");
        auto const kofi = site.person("Kofi");
        auto const page = site.discussion(maya);
        auto const first = site.post(joel, page, "First");
        CHECK(told.count() == 1);
        CHECK(told.has("talk.commented", maya));
        CHECK(told.last().url == "/comments/" + first);
        CHECK(told.last().from == joel.id);
        told.forget();
        auto const reply = site.post(kofi, page, "A reply", first);
        CHECK(told.count() == 2);
        CHECK(told.has("talk.replied", joel));
        CHECK(told.has("talk.commented", maya));
        CHECK(std::ranges::find(told.last().beneath, joel.id) != told.last().beneath.end());
        told.forget();
        // An answer to the reply tells both, and the page's author as the one who is answered.
        static_cast<void>(site.post(maya, page, "Further", reply));
        CHECK(told.count() == 2);
        CHECK(told.has("talk.replied", kofi));
        CHECK(told.has("talk.replied", joel));
        told.forget();
        static_cast<void>(site.post(joel, page, "To myself", first));
        CHECK(told.count() == 1);
        CHECK(told.has("talk.commented", maya));
    }
}

TEST_CASE("nobody is told of words that stand under those of someone apart from them") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        TalkSite site(fresh.url);
        Told told(site);
        auto const maya = site.person("Maya");
        auto const joel = site.person("Joel");
        auto const kofi = site.person("Kofi");
        auto const page = site.discussion(maya);
        auto const first = site.post(joel, page, "First");
        site.keep_apart(maya, joel);
        told.forget();
        static_cast<void>(site.post(kofi, page, "Under it", first));
        // Maya doesn't see what is under Joel's words, and Joel no longer sees her page.
        CHECK(told.count() == 0);
    }
}

TEST_CASE("what waits for a steward is told once it is there, and to its author") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        TalkSite site(fresh.url);
        Told told(site);
        site.change_community(
            [](members::Community& community) { community.hold_first_comments = true; });
        auto const maya = site.person("Maya");
        auto const joel = site.person("Joel");
        auto const sia = site.person("Sia", Role::steward);
        auto const page = site.discussion(maya);
        auto const kept = site.post(joel, page, "Held");
        auto const refused = site.post(joel, page, "Held as well");
        CHECK(told.count() == 0);
        auto steward = site.browser_of(sia);
        CHECK(steward.post("/comments/" + refused + "/refuse", {{"reason", "Not so."}}).status ==
              303);
        CHECK(told.count() == 1);
        CHECK(told.has("talk.told_refused", joel));
        CHECK_FALSE(told.last().from.has_value());
        told.forget();
        CHECK(steward.post("/comments/" + kept + "/release").status == 303);
        CHECK(told.count() == 2);
        CHECK(told.has("talk.told_released", joel));
        CHECK(told.has("talk.commented", maya));
    }
}

TEST_CASE("what is taken back or put aside isn't told any more") {
    TalkSite site;
    Told told(site);
    auto const maya = site.person("Maya");
    auto const joel = site.person("Joel");
    auto const sia = site.person("Sia", Role::steward);
    auto const page = site.discussion(maya);
    auto const own = site.post(joel, page, "Taken back");
    auto const aside = site.post(joel, page, "Put aside");
    CHECK(told.count() == 2);
    CHECK(site.browser_of(joel).post("/comments/" + own + "/delete").status == 303);
    CHECK(told.count() == 1);
    CHECK(site.browser_of(sia).post("/comments/" + aside + "/hold").status == 303);
    CHECK(told.count() == 0);
}

TEST_CASE("a guest's comment is told once its address is confirmed, by the guest's name") {
    TalkSite site;
    Told told(site);
    site.change_community(
        [](members::Community& community) { community.guests_may_comment = true; });
    auto const maya = site.person("Maya");
    auto const page = site.discussion(maya);
    auto guest = site.site.browser();
    auto const form = tests::FormFields{
        {"body", "Hello"}, {"name", "Jo"}, {"email", "jo@example.org"}, {"idempotency_key", "k"}};
    CHECK(guest.post("/test/" + page.text() + "/comments", form).status == 303);
    CHECK(told.count() == 0);
    auto const text = site.mails().back().text;
    auto const at = text.find("/comments/confirm/");
    CHECK(guest.post(text.substr(at, text.find('\n', at) - at)).status == 303);
    CHECK(told.count() == 1);
    CHECK(told.has("talk.commented", maya));
    CHECK_FALSE(told.last().from.has_value());
    CHECK(told.last().arguments.front().second == "Jo");
}
