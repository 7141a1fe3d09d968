#include <atomic>

#include "base/limits.hpp"
#include "members/account_deeds.hpp"
#include "members/erasure.hpp"
#include "members/erasure_store.hpp"
#include "members/sessions.hpp"
#include "members_site.hpp"
#include "web/live_subscription.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

bool signed_in(Browser& browser) { return browser.get("/settings/sessions").status == 200; }

/// Waits until the deeds so far are done: that a session was seen is written behind the answer.
void settle(MembersSite& site) {
    site.write([](database::Write&) {});
}

}  // namespace

TEST_CASE("a shared device is the default: 15 minutes, and a cookie that goes with the browser") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.stranger();
    auto const reply = browser.post("/sign-in", {{"name", "Maya"}, {"password", good_password}});
    CHECK(reply.cookies.at(0).find("Max-Age") == std::string::npos);
    for (int i = 0; i < 4; ++i) {
        site.clock().move(10min);
        CHECK(signed_in(browser));
        settle(site);
    }
    site.clock().move(16min);
    auto const ended = browser.get("/settings/sessions");
    CHECK(ended.status == 303);
    CHECK(ended.header("location") == "/sign-in?then=%2Fsettings%2Fsessions");
    CHECK(browser.get("/sign-in").has("You were signed out"));
    CHECK_FALSE(site.stranger().get("/sign-in").has("You were signed out"));
}

TEST_CASE("a member's own device stays signed in for 30 days, a steward's for 30 minutes") {
    MembersSite site;
    site.add("Maya");
    site.add("Bernie", Role::steward);
    auto own = site.stranger();
    auto const reply =
        own.post("/sign-in", {{"name", "Maya"}, {"password", good_password}, {"own_device", "1"}});
    CHECK(reply.cookies.at(0).find("Max-Age=2592000") != std::string::npos);
    auto steward = site.sign_in("Bernie", true);
    site.clock().move(29min);
    CHECK(signed_in(steward));
    settle(site);
    site.clock().move(31min);
    CHECK_FALSE(signed_in(steward));
    site.clock().move(29 * 24h);
    CHECK(signed_in(own));
    settle(site);
    site.clock().move(24h);
    CHECK_FALSE(signed_in(own));
}

TEST_CASE("a steward's session lasts 12 hours, however busy") {
    MembersSite site;
    site.add("Bernie", Role::steward);
    auto steward = site.sign_in("Bernie", true);
    for (int i = 0; i < 35; ++i) {
        site.clock().move(20min);
        CHECK(signed_in(steward));
        settle(site);
    }
    site.clock().move(20min);
    CHECK_FALSE(signed_in(steward));
}

TEST_CASE("a member sees their sessions and ends them; nobody else's exist for them") {
    MembersSite site;
    site.add("Maya");
    site.add("Joel");
    auto here = site.sign_in("Maya");
    auto there = site.sign_in("Maya", true);
    auto third = site.sign_in("Maya");
    auto joel = site.sign_in("Joel");
    auto const items = here.get_json("/settings/sessions").json().at("items").as_array();
    CHECK(items.size() == 3);
    auto const find = [&](Browser& browser) {
        auto const sessions = browser.get_json("/settings/sessions").json();
        for (auto const& item : sessions.at("items").as_array())
            if (item.at("this_one").as_bool()) return std::string(item.at("end_url").as_string());
        return std::string();
    };
    auto const url = find(there);
    auto const foreign = joel.post(url);
    auto const missing = joel.post("/settings/sessions/AAAAAAAAAAAAAAAAAAAAAA/end");
    CHECK(foreign.status == 404);
    CHECK(observed(foreign) == observed(missing));
    CHECK(signed_in(there));
    CHECK(here.post(url).status == 303);
    CHECK_FALSE(signed_in(there));
    CHECK(signed_in(here));
    CHECK(here.post("/settings/sessions/end-others").status == 303);
    CHECK_FALSE(signed_in(third));
    CHECK(signed_in(here));
    CHECK(signed_in(joel));
    auto const last = here.post(find(here));
    CHECK(last.header("location") == "/");
    CHECK(here.cookies.empty());
    CHECK(site.stranger().get("/settings/sessions").status == 303);
    CHECK(site.stranger().get_json("/settings/sessions").status == 401);
}

TEST_CASE("no internal number leaves with the sessions") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.sign_in("Maya");
    auto const item = browser.get_json("/settings/sessions").json().at("items").at(0).as_object();
    CHECK(item.at("id").as_string().size() == PublicId::length);
    CHECK_FALSE(item.contains("member"));
}

TEST_CASE("leaving quickly ends the session and forgets, for members and strangers alike") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.sign_in("Maya");
    auto const token = browser.cookies.at("session");
    CHECK(browser.get("/leave").status == 200);
    auto const left = browser.post("/leave");
    CHECK(left.status == 303);
    CHECK(left.header("location") == "https://weather.example/");
    CHECK(left.header("clear-site-data") == "\"cache\", \"cookies\", \"storage\"");
    CHECK(browser.cookies.empty());
    browser.cookies["session"] = token;
    CHECK_FALSE(signed_in(browser));
    auto stranger = site.stranger();
    CHECK(stranger.get("/leave").status == 200);
    auto const away = stranger.post("/leave");
    CHECK(away.status == 303);
    CHECK(away.headers.at("location") == left.headers.at("location"));
    CHECK(away.cookies == left.cookies);
    CHECK(stranger.post_json("/leave", boost::json::object{}).json().at("location") ==
          "https://weather.example/");
}

TEST_CASE("leaving works when nothing can be read, and ends the session") {
    std::atomic<bool> broken = false;
    auto hooks = members_hooks();
    hooks.recognise = [&broken](web::Site& site, database::Read& read,
                                web::HttpRequest const& request, Time now) {
        if (broken) throw Refusal::nothing_saved();
        return recognise(site, read, request, now);
    };
    TestSite test({members_slice()}, hooks);
    auto browser = test.browser();
    auto const token = test.database().write_now([&](database::Write& write) {
        NewMember member{.public_id = PublicId::make(test.random), .name = "Maya"};
        member.agreement_version = 1;
        auto const maya = add_member(write, member);
        return start_session(test.site(), write, {.member = maya, .described = ""});
    });
    browser.cookies["session"] = token;
    CHECK(signed_in(browser));
    broken = true;
    CHECK(browser.get("/settings/sessions").status == 503);
    auto const left = browser.post("/leave");
    CHECK(left.status == 303);
    CHECK(left.header("location") == "https://weather.example/");
    CHECK_FALSE(left.header("clear-site-data").empty());
    CHECK(browser.cookies.empty());
    broken = false;
    browser.cookies["session"] = token;
    CHECK_FALSE(signed_in(browser));
    auto elsewhere = test.browser();
    elsewhere.headers["sec-fetch-site"] = "cross-site";
    CHECK(elsewhere.post("/leave").status == 403);
}

TEST_CASE("a changed agreement is accepted anew before anything is posted; leaving works") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.sign_in("Maya");
    CHECK(browser.post("/toy", {{"words", "hello"}}).status == 303);
    CHECK_FALSE(browser.get("/agreement").has("name=\"version\""));
    site.set([](Community& house) { house.agreement = "We are **kind**."; });
    CHECK(browser.post("/toy", {{"words", "hello"}}).status == 409);
    auto const page = browser.get("/agreement");
    CHECK(page.has("<strong>kind</strong>"));
    CHECK(page.has("name=\"version\" value=\"2\""));
    CHECK(browser.post("/agreement", {{"version", "1"}}).status == 409);
    CHECK(browser.post("/toy", {{"words", "hello"}}).status == 409);
    CHECK(browser.post("/agreement", {{"version", "2"}, {"then", "/leave"}}).status == 303);
    CHECK(browser.post("/toy", {{"words", "hello"}}).status == 303);
    site.set([](Community& house) { house.agreement = "We are kinder."; });
    CHECK(browser.post("/leave").status == 303);
    CHECK(site.stranger().get("/agreement").has("We are kinder."));
    CHECK(site.stranger().post("/agreement", {{"version", "3"}}).status == 401);
    CHECK(site.stranger().get_json("/agreement").json().at("version") == 3);
}

TEST_CASE("a refused post brings the agreement along, and goes on once it is accepted") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.sign_in("Maya");
    site.set([](Community& house) { house.agreement = "We are **kind**."; });
    // Whether the post has a page of its own (as an invitation has) or none.
    for (std::string const path : {"/toy", "/invitations"}) {
        CAPTURE(path);
        auto const refused =
            browser.post(path, {{"words", "a long thought\nin two lines"}, {"note", "for Joel"}});
        CHECK(refused.status == 409);
        CHECK(refused.has("<strong>kind</strong>"));
        CHECK(refused.has("action=\"/agreement\""));
        CHECK(refused.has("name=\"version\" value=\"2\""));
        CHECK(refused.has("name=\"resume_action\" value=\"" + path + "\""));
        CHECK(refused.has("a long thought\nin two lines"));
        CHECK(refused.has("name=\"resume.note\" value=\"for Joel\""));
    }
    auto const problem = browser.post_json("/toy", {{"words", "hello"}});
    CHECK(problem.status == 409);
    CHECK(problem.json().at("error").at("url") == "/agreement");
    CHECK(site.stranger().post_json("/toy", {{"words", "hello"}}).json().at("error").at("url") ==
          "/sign-in");

    FormFields accepting{{"version", "1"},
                         {"resume_action", "/toy"},
                         {"resume.words", "a long thought\nin two lines"}};
    auto const outdated = browser.post("/agreement", accepting);
    CHECK(outdated.status == 409);
    CHECK(outdated.has("a long thought\nin two lines"));
    accepting[0].second = "2";
    auto const accepted = browser.post("/agreement", accepting);
    CHECK(accepted.status == 200);
    CHECK(accepted.has("action=\"/toy\""));
    CHECK(accepted.has("a long thought\nin two lines"));
    CHECK(browser.post("/toy", {{"words", "a long thought"}}).status == 303);
}

TEST_CASE("a disabled member is out at once, and a role is taken back at once") {
    MembersSite site;
    auto const maya = site.add("Maya");
    auto const bernie = site.add("Bernie", Role::steward);
    auto browser = site.sign_in("Maya");
    auto steward = site.sign_in("Bernie");
    CHECK(browser.post("/toy/steward").status == 404);
    CHECK(steward.post("/toy/steward").status == 303);
    site.write([&](database::Write& write) {
        set_state(site.site(), write, maya, MemberState::disabled);
        set_role(site.site(), write, bernie, Role::member);
    });
    CHECK_FALSE(signed_in(browser));
    CHECK(steward.post("/toy/steward").status == 404);
}

TEST_CASE("what a page asks for by itself keeps no session alive") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.sign_in("Maya");
    site.clock().move(8min);
    CHECK(browser.get("/toy/by-itself").header("location") == "/leave");
    settle(site);
    site.clock().move(8min);
    CHECK_FALSE(signed_in(browser));
}

TEST_CASE("whatever ends a session or changes a role ends the member's event streams") {
    MembersSite site;
    auto const maya = site.add("Maya");
    auto const lena = site.add("Lena");
    auto const others = site.site().live.subscribe({lena, Role::member}, {"news"});
    auto const ends = [&](std::function<void()> const& what) {
        auto const stream = site.site().live.subscribe({maya, Role::member}, {"news"});
        what();
        return stream->has_ended();
    };
    auto browser = site.sign_in("Maya");
    auto elsewhere = site.sign_in("Maya");
    auto& all = site.site();
    auto const row = [&] {
        return all.database.read(
            [&](database::Read& read) { return *member_by_id(read, Viewer::server(), maya); });
    };
    CHECK_FALSE(ends([&] { browser.get("/settings/sessions"); }));
    CHECK(ends([&] {
        auto const listed = browser.get_json("/settings/sessions").json();
        for (auto const& item : listed.at("items").as_array())
            if (!item.at("this_one").as_bool())
                browser.post(std::string(item.at("end_url").as_string()));
    }));
    CHECK_FALSE(signed_in(elsewhere));
    CHECK(ends([&] { browser.post("/settings/sessions/end-others"); }));
    CHECK(ends([&] { browser.post("/sign-out"); }));
    browser = site.sign_in("Maya");
    CHECK(ends([&] { browser.post("/leave"); }));
    CHECK(ends([&] {
        auto const member = row();
        site.write([&](database::Write& write) {
            give_role(all, write, Viewer::server(), member, Role::guide);
        });
    }));
    for (auto const state : {MemberState::disabled, MemberState::active}) {
        auto const member = row();
        bool const ended = ends([&] {
            site.write([&](database::Write& write) {
                disable_or_enable(all, write, Viewer::server(), member, state);
            });
        });
        CHECK(ended == (state == MemberState::disabled));
    }
    CHECK(ends([&] {
        site.write([&](database::Write& write) { begin_erasing(all, write, maya, all.now()); });
    }));
    CHECK(ends([&] { erase_member(all, maya); }));
    CHECK_FALSE(others->has_ended());
}
