#include "members_site.hpp"

#include "base/limits.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

std::string without(std::string text, std::string const& words) {
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words))
        text.erase(at, words.size());
    return text;
}

bool signed_in(Browser& browser) { return browser.get("/settings/sessions").status == 200; }

/// A rate limit holds for a while: this much later all may be tried again.
constexpr auto much_later = 2h;

}  // namespace

TEST_CASE("a member signs in by name or address, and is led where they were going") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    for (auto const* name : {"Maya", "maya ", "maya@example.org", "Maya@Example.org"}) {
        CAPTURE(name);
        auto browser = site.stranger();
        CHECK(browser.get("/sign-in").status == 200);
        auto const reply = browser.post(
            "/sign-in", {{"name", name}, {"password", good_password}, {"then", "/leave"}});
        CHECK(reply.status == 303);
        CHECK(reply.header("location") == "/leave");
        CHECK(signed_in(browser));
    }
}

TEST_CASE("a sign-in leads nowhere but into this site") {
    MembersSite site;
    site.add("Maya");
    auto here = site.sign_in("Maya");
    for (std::string const then :
         {"//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example",
          "/\n/elsewhere.example", "/\r/elsewhere.example", "\t//elsewhere.example",
          "/ /elsewhere.example", "/\x7f/elsewhere.example", "https://elsewhere.example", ""}) {
        CAPTURE(then);
        auto browser = site.stranger();
        auto const in = browser.post(
            "/sign-in", {{"name", "Maya"}, {"password", good_password}, {"then", then}});
        CHECK(in.header("location") == "/");
        auto const asked = here.get("/sign-in?" + encode_form({{"then", then}}));
        CHECK(asked.header("location") == "/");
        auto const resumed = site.stranger().post(
            "/sign-in", {{"name", "Maya"}, {"password", good_password}, {"resume_action", then}});
        CHECK_FALSE(resumed.has("elsewhere.example"));
    }
}

TEST_CASE("a program signs in with JSON and gets the cookie") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.stranger();
    auto const reply =
        browser.post_json("/sign-in", {{"name", "Maya"}, {"password", good_password}});
    CHECK(reply.status == 200);
    REQUIRE(reply.cookies.size() == 1);
    CHECK(reply.cookies[0].find("HttpOnly; SameSite=Lax") != std::string::npos);
    auto const sessions = browser.get_json("/settings/sessions").json();
    CHECK(sessions.at("items").at(0).at("device") == "program");
    site.clock().move(11h);
    CHECK(signed_in(browser));
}

TEST_CASE("two members of one name are told apart by their passwords") {
    MembersSite site;
    site.add("Maya", Role::member, std::nullopt, false);
    auto const other = site.add("Maya");
    site.write([&](database::Write& write) {
        NewMember member{.public_id = PublicId::make(site.site().random), .name = "Maya"};
        member.password_hash = hash_password("another long password");
        member.agreement_version = 1;
        (void)add_member(write, member);
    });
    auto browser = site.stranger();
    CHECK(browser.post("/sign-in", {{"name", "Maya"}, {"password", "another long password"}})
              .status == 303);
    auto one = site.sign_in("Maya");
    CHECK(signed_in(one));
    CHECK(other.value > 0);
}

TEST_CASE("however many share a name, each comes in by the sign-in name they were shown") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        for (std::size_t i = 0; i < limits::sign_in_candidates_max; ++i) site.add("Maya");
        auto const last = site.write([&](database::Write& write) {
            NewMember member{.public_id = PublicId::make(site.site().random), .name = "Maya"};
            member.password_hash = hash_password("another long password");
            member.agreement_version = 1;
            (void)add_member(write, member);
            return member.public_id.text();
        });
        auto const attempt = [&](std::string const& name) {
            auto browser = site.stranger();
            return browser.post("/sign-in",
                                {{"name", name}, {"password", "another long password"}});
        };
        auto const by_name = attempt("Maya");
        CHECK(by_name.status == 422);
        CHECK(by_name.has("If several people here share your name"));
        CHECK(without(by_name.body, "Maya") == without(attempt("Nobody").body, "Nobody"));
        CHECK(attempt(last).status == 303);
        CHECK(attempt(last.substr(1)).status == 422);

        // It is shown at joining without an address, and in one's settings.
        site.set([](Community& house) { house.join_policy = JoinPolicy::open; });
        auto browser = site.stranger();
        auto const joined = browser.post("/join", {{"name", "Maya"},
                                                   {"password", good_password},
                                                   {"agree", "1"},
                                                   {"agreement_version", "1"}});
        auto const shown =
            browser.get_json("/settings/sign-in").json().at("sign_in_name").as_string();
        CHECK(joined.has(std::string(shown)));
        CHECK(browser.get("/settings/sign-in").has(std::string(shown)));
        CHECK(site.stranger()
                  .post("/sign-in", {{"name", std::string(shown)}, {"password", good_password}})
                  .status == 303);
    }
}

TEST_CASE("a wrong password and an unknown name get the same answer, to the byte") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    site.add("Sleeping");
    site.write([&](database::Write& write) {
        auto const gone = accounts_called(write, Viewer::server(), "Sleeping").at(0).id;
        set_state(site.site(), write, gone, MemberState::disabled);
    });
    auto const attempt = [&](std::string const& name, std::string const& password) {
        site.clock().move(much_later);
        auto browser = site.stranger();
        auto const page = browser.post("/sign-in", {{"name", name}, {"password", password}});
        auto const problem =
            browser.post_json("/sign-in", {{"name", name}, {"password", password}});
        CHECK(page.status == 422);
        CHECK(page.cookies.empty());
        CHECK_FALSE(page.has(password));
        CHECK(page.has("value=\"" + name + "\""));
        return without(page.body, name) + problem.body;
    };
    auto const unknown = attempt("Nobody", "wrong password here");
    CHECK(attempt("Maya", "wrong password here") == unknown);
    CHECK(attempt("maya@example.org", "wrong password here") == unknown);
    CHECK(attempt("other@example.org", "wrong password here") == unknown);
    CHECK(attempt("Sleeping", good_password) == unknown);
    CHECK(attempt("Maya", std::string(5000, 'x')) == unknown);
}

TEST_CASE("five wrong tries make one wait, whoever they were for, and success costs nothing") {
    MembersSite site;
    site.add("Maya");
    for (auto const* name : {"Maya", "Nobody"}) {
        CAPTURE(name);
        site.clock().move(much_later);
        auto browser = site.stranger();
        auto const attempt = [&](char const* password) {
            return browser.post("/sign-in", {{"name", name}, {"password", password}});
        };
        for (unsigned i = 0; i < limits::sign_in_tries_max; ++i)
            CHECK(attempt("wrong password here").status == 422);
        auto const late = attempt(good_password);
        CHECK(late.status == 429);
        CHECK_FALSE(late.header("retry-after").empty());
        // A delay, no lock-out: one more try each three minutes.
        site.clock().move(3min);
        CHECK(attempt(good_password).status == (std::string(name) == "Maya" ? 303 : 422));
    }
    site.clock().move(much_later);
    for (unsigned i = 0; i < 2 * limits::sign_in_tries_max; ++i) site.sign_in("Maya");
}

TEST_CASE("an address of the network has twenty tries an hour") {
    MembersSite site;
    auto browser = site.stranger();
    auto const attempt = [&](unsigned i) {
        return browser
            .post("/sign-in",
                  {{"name", "Someone " + std::to_string(i)}, {"password", "wrong password here"}})
            .status;
    };
    for (unsigned i = 0; i < limits::sign_in_tries_network_max; ++i) CHECK(attempt(i) == 422);
    CHECK(attempt(99) == 429);
}

TEST_CASE("a link is asked for alike by anyone, and only its owner gets one") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    auto browser = site.stranger();
    auto const known = browser.post("/sign-in/link", {{"email", "Maya@example.org"}});
    CHECK(site.mails().size() == 1);
    auto const unknown = browser.post("/sign-in/link", {{"email", "nobody@example.org"}});
    CHECK(site.mails().size() == 1);
    CHECK(site.mails_to_nobody() == 1);
    CHECK(known.status == 303);
    CHECK(observed(known) == observed(unknown));
    CHECK(browser.follow(known).has("If this address belongs to a member"));
    auto const json = browser.post_json("/sign-in/link", {{"email", "maya@example.org"}});
    CHECK(json.body == browser.post_json("/sign-in/link", {{"email", "x@example.org"}}).body);
    CHECK(browser.post("/sign-in/link", {{"email", "no address"}}).status == 422);
}

TEST_CASE("a link signs in once, by a press, and opening it burns nothing") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    site.stranger().post("/sign-in/link", {{"email", "maya@example.org"}});
    auto const link = site.last_link();
    CHECK(link.starts_with("/sign-in/link/"));
    CHECK_FALSE(site.database_holds(link.substr(std::string("/sign-in/link/").size())));
    for (int i = 0; i < 3; ++i) CHECK(site.stranger().get(link).status == 200);
    CHECK(site.stranger().head(link).status == 200);
    auto browser = site.stranger();
    CHECK(browser.post(link).status == 303);
    CHECK(signed_in(browser));
    auto another = site.stranger();
    CHECK(another.post(link).status == 409);
    CHECK_FALSE(signed_in(another));
    CHECK(another.get(link).status == 404);
    CHECK(another.get("/sign-in/link/nonsense").body == another.get(link).body);
}

TEST_CASE("a link is too old after 15 minutes, and a member's new password voids it") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    site.stranger().post("/sign-in/link", {{"email", "maya@example.org"}});
    auto const old = site.last_link();
    site.clock().move(16min);
    CHECK(site.stranger().post(old).status == 409);
    site.stranger().post("/sign-in/link", {{"email", "maya@example.org"}});
    auto const voided = site.last_link();
    auto browser = site.sign_in("Maya");
    CHECK(browser.post("/settings/sign-in/password", {{"password", "seven lanterns on a hill"}})
              .status == 303);
    CHECK(site.stranger().post(voided).status == 409);
}

TEST_CASE("a session's token is nowhere in the database, and ends with signing out") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.sign_in("Maya");
    auto const token = browser.cookies.at("session");
    CHECK(token.size() == 43);
    CHECK_FALSE(site.database_holds(token));
    auto const out = browser.post("/sign-out");
    CHECK(out.status == 303);
    CHECK(browser.cookies.empty());
    browser.cookies["session"] = token;
    CHECK_FALSE(signed_in(browser));
    CHECK(site.stranger().post("/sign-out").status == 303);
}

TEST_CASE("what matters asks again who it is, after five minutes") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    auto browser = site.sign_in("Maya");
    CHECK(browser.post("/toy/fresh").status == 303);
    site.clock().move(6min);
    auto const refused = browser.post("/toy/fresh", {{"words", "a long thought"}});
    CHECK(refused.status == 403);
    CHECK(refused.has("action=\"/sign-in/again\""));
    CHECK(refused.has("name=\"resume.words\" value=\"a long thought\""));
    CHECK_FALSE(refused.has("name=\"name\""));
    CHECK(browser.get("/sign-in/again").status == 200);
    auto const resumed = browser.post("/sign-in/again", {{"password", good_password},
                                                         {"resume_action", "/toy/fresh"},
                                                         {"resume.words", "a long thought"}});
    CHECK(resumed.has("name=\"words\" value=\"a long thought\""));
    CHECK(resumed.has("action=\"/toy/fresh\""));
    site.clock().move(6min);
    CHECK(browser.post("/sign-in/again", {{"password", "wrong password here"}}).status == 422);
    auto const again =
        browser.post("/sign-in/again", {{"password", good_password}, {"then", "/agreement"}});
    CHECK(again.header("location") == "/agreement");
    CHECK(browser.post("/toy/fresh").status == 303);

    site.clock().move(6min);
    auto const before = browser.cookies;
    CHECK(browser.post("/sign-in/again/link").status == 303);
    CHECK(browser.post(site.last_link()).status == 303);
    CHECK(browser.cookies == before);
    CHECK(browser.post("/toy/fresh").status == 303);
    CHECK(site.stranger().post("/sign-in/again", {{"password", good_password}}).status == 401);
}

TEST_CASE("a member without an address is offered no link") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.sign_in("Maya");
    CHECK_FALSE(browser.get("/sign-in/again").has("/sign-in/again/link"));
    CHECK(browser.post("/sign-in/again/link").status == 409);
}
