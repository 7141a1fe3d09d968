#include "members_site.hpp"

#include "members/recovery.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

bool signed_in(Browser& browser) { return browser.get("/settings/sessions").status == 200; }

}  // namespace

TEST_CASE("what was typed before a session ended goes along and comes back") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.stranger();
    FormFields fields{{"name", "Maya"},
                      {"password", "wrong password here"},
                      {"resume_action", "/toy"},
                      {"resume.words", "a long thought\nin two lines"}};
    auto const again = browser.post("/sign-in", fields);
    CHECK(again.status == 422);
    CHECK(again.has("name=\"resume_action\" value=\"/toy\""));
    CHECK(again.has("a long thought\nin two lines"));
    fields[1].second = good_password;
    auto const in = browser.post("/sign-in", fields);
    CHECK(in.status == 200);
    CHECK(in.has("a long thought"));
    CHECK(in.has("action=\"/toy\""));
    CHECK(signed_in(browser));
}

TEST_CASE("who has no password goes on with what was typed, by a link or a recovery code") {
    MembersSite site;
    auto const maya = site.add("Maya", Role::member, "maya@example.org", false);
    std::string const thought = "a long thought\nin two lines";
    FormFields const carried{{"resume_action", "/toy"}, {"resume.words", thought}};
    auto browser = site.stranger();
    auto const refused = browser.post("/toy", {{"words", thought}});
    CHECK(refused.status == 401);
    for (auto const* way : {"/sign-in/link", "/sign-in/recover", "/sign-in/carry-on"}) {
        CAPTURE(way);
        CHECK(refused.has("formaction=\"" + std::string(way) + "\""));
        auto const next = browser.post(way, carried);
        CHECK(next.status == (std::string(way) == "/sign-in/carry-on" ? 401 : 200));
        CHECK(next.has("name=\"resume_action\" value=\"/toy\""));
        CHECK(next.has(thought));
        CHECK_FALSE(next.has("aria-invalid"));
    }
    auto const resumes = [&](Reply const& reply) {
        CHECK(reply.status == 200);
        CHECK(reply.has("action=\"/toy\""));
        CHECK(reply.has(thought));
        CHECK_FALSE(reply.has("name=\"resume_action\""));
    };
    auto with = [&](std::string const& name, std::string const& value) {
        auto fields = carried;
        fields.emplace_back(name, value);
        return fields;
    };
    SUBCASE("by a link that is opened in another tab") {
        auto const sent = browser.post("/sign-in/link", with("email", "maya@example.org"));
        CHECK(sent.status == 200);
        CHECK(sent.has("action=\"/sign-in/carry-on\""));
        CHECK(sent.has(thought));
        auto const nobody = site.stranger().post("/sign-in/link", with("email", "x@example.org"));
        CHECK(nobody.body == sent.body);
        CHECK(browser.post(site.last_link()).status == 303);
        resumes(browser.post("/sign-in/carry-on", carried));
    }
    SUBCASE("by a recovery code") {
        auto const codes = site.write(
            [&](database::Write& write) { return make_recovery_codes(site.site(), write, maya); });
        CHECK(browser.post("/sign-in/recover", with("code", "wrong")).has(thought));
        resumes(browser.post("/sign-in/recover", with("code", codes[0])));
    }
    SUBCASE("by a link that shows again who they are") {
        site.stranger().post("/sign-in/link", {{"email", "maya@example.org"}});
        CHECK(browser.post(site.last_link()).status == 303);
        site.clock().move(6min);
        auto const stale = browser.post("/toy/fresh", {{"words", thought}});
        CHECK(stale.has("formaction=\"/sign-in/again/link\""));
        auto const sent = browser.post("/sign-in/again/link", carried);
        CHECK(sent.has("action=\"/sign-in/carry-on\""));
        CHECK(sent.has(thought));
        CHECK(browser.post(site.last_link()).status == 303);
        resumes(browser.post("/sign-in/carry-on", carried));
        CHECK(browser.post("/toy/fresh", {{"words", thought}}).status == 303);
    }
    CHECK(browser.post("/sign-in/carry-on").header("location") == "/");
}
