#include "members_site.hpp"

#include "base/limits.hpp"
#include "members/join_requests.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

bool signed_in(Browser& browser) { return browser.get("/settings/sessions").status == 200; }

FormFields joining(std::string const& name) {
    return {
        {"name", name}, {"password", good_password}, {"agree", "1"}, {"agreement_version", "1"}};
}

std::string invitation(MembersSite& site, Id<Member> by) {
    return site.write(
        [&](database::Write& write) { return make_invitation(site.site(), write, by, ""); });
}

/// The codes on the page that shows them once.
std::vector<std::string> codes_on(Reply const& page) {
    std::vector<std::string> codes;
    std::string const before = "<li><code>";
    for (auto at = page.body.find(before); at != std::string::npos;
         at = page.body.find(before, at + 1)) {
        auto const begin = at + before.size();
        codes.push_back(page.body.substr(begin, page.body.find("</code>", at) - begin));
    }
    return codes;
}

}  // namespace

TEST_CASE("an invitation lets one person in, who is shown recovery codes once") {
    MembersSite site;
    auto const maya = site.add("Maya");
    auto const link = invitation(site, maya);
    CHECK_FALSE(site.database_holds(link.substr(6)));
    auto browser = site.stranger();
    auto const page = browser.get(link);
    CHECK(page.status == 200);
    CHECK(page.has("name=\"agreement_version\" value=\"1\""));
    CHECK_FALSE(page.has("name=\"words\""));
    auto const in = browser.post(link, joining("Joel"));
    CHECK(in.status == 200);
    auto const codes = codes_on(in);
    REQUIRE(codes.size() == limits::recovery_codes_made);
    for (auto const& code : codes) CHECK_FALSE(site.database_holds(code));
    CHECK(signed_in(browser));
    CHECK_FALSE(site.database_holds(good_password));
    auto const again = site.stranger().post(link, joining("Someone else"));
    CHECK(again.status == 409);
    CHECK(site.stranger().get(link).status == 404);
    site.sign_in("Joel");
}

TEST_CASE("an invitation of someone who is gone, or older than 72 hours, opens nothing") {
    MembersSite site;
    auto const maya = site.add("Maya");
    auto const old = invitation(site, maya);
    site.clock().move(73h);
    CHECK(site.stranger().get(old).status == 404);
    CHECK(site.stranger().post(old, joining("Joel")).status == 409);
    auto const fresh = invitation(site, maya);
    site.write([&](database::Write& write) {
        set_state(site.site(), write, maya, MemberState::disabled);
    });
    CHECK(site.stranger().post(fresh, joining("Joel")).status == 409);
    CHECK(site.stranger().get("/join/nonsense").status == 404);
}

TEST_CASE("where only invitations lead in, there is no form and no other way") {
    MembersSite site;
    auto browser = site.stranger();
    auto const page = browser.get("/join");
    CHECK(page.status == 200);
    CHECK_FALSE(page.has("name=\"agree\""));
    CHECK(browser.post("/join", joining("Joel")).status == 409);
    CHECK(browser.get_json("/join").json().at("door") == "closed");
}

TEST_CASE("through an open door one comes in with any name, kept as typed") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::open; });
    auto browser = site.stranger();
    auto fields = joining("  O’Neill & <b>Söhne</b> 🕯  ");
    fields.emplace_back("email", "Joel@Example.org");
    fields.emplace_back("pronouns", "they/them");
    auto const in = browser.post("/join", fields);
    CHECK(in.status == 303);
    CHECK(signed_in(browser));
    auto const mail = site.mails().at(0);
    CHECK(mail.to == "joel@example.org");
    CHECK_FALSE(mail.text.find("Neill") != std::string::npos);
    CHECK(site.stranger().get(site.last_link()).status == 200);
    CHECK(site.stranger().post(site.last_link()).status == 303);
    CHECK(browser.get("/settings/sign-in").has("Confirmed."));
    site.write([](database::Write& write) {
        auto const found = accounts_called(write, Viewer::server(), "joel@example.org");
        REQUIRE(found.size() == 1);
        CHECK(found[0].name == "O’Neill & <b>Söhne</b> 🕯");
        CHECK(found[0].role == Role::member);
    });
}

TEST_CASE("who has only an address joins without a password and comes back by a link") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::open; });
    auto browser = site.stranger();
    auto const in = browser.post("/join", {{"name", "Joel"},
                                           {"email", "joel@example.org"},
                                           {"agree", "1"},
                                           {"agreement_version", "1"}});
    CHECK(in.status == 200);
    CHECK(codes_on(in).size() == limits::recovery_codes_made);
    auto later = site.stranger();
    later.post("/sign-in/link", {{"email", "joel@example.org"}});
    CHECK(later.post(site.last_link()).status == 303);
    CHECK(signed_in(later));
}

TEST_CASE("a mistake at joining keeps what was typed, but never the password") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::open; });
    auto browser = site.stranger();
    auto const wrong = browser.post("/join", {{"name", "Joel <3"},
                                              {"pronouns", "he/him"},
                                              {"email", "not an address"},
                                              {"password", "too short"},
                                              {"own_device", "1"}});
    CHECK(wrong.status == 422);
    CHECK(wrong.has("value=\"Joel &lt;3\""));
    CHECK(wrong.has("value=\"not an address\""));
    CHECK_FALSE(wrong.has("too short"));
    CHECK(wrong.has("aria-invalid=\"true\""));
    CHECK(wrong.has("href=\"#agree\""));
    CHECK(wrong.has("href=\"#password\""));
    CHECK(browser.cookies.empty());
    auto const json = browser.post_json("/join", {{"name", ""}});
    CHECK(json.status == 422);
    CHECK(json.header("content-type").find("problem+json") != std::string::npos);
    auto stale = joining("Joel");
    stale.back().second = "7";
    CHECK(browser.post("/join", stale).status == 422);
}

TEST_CASE("whoever asks is told how it stands, and comes in once a steward said yes") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::request; });
    auto const steward = site.add("Bernie", Role::steward);
    auto browser = site.stranger();
    CHECK(browser.get("/join").has("name=\"words\""));
    CHECK(browser.post("/join", joining("Joel")).status == 422);
    auto fields = joining("Joel");
    fields.emplace_back("words", "I read the essay and could not sleep.");
    auto const asked = browser.post("/join", fields);
    CHECK(asked.status == 303);
    auto const url = asked.header("location");
    CHECK(url.starts_with("/join/asked/"));
    CHECK_FALSE(site.database_holds(url.substr(12)));
    CHECK(browser.get(url).has("A steward reads your words soon"));
    CHECK(browser.post(url + "/come-in").status == 404);
    CHECK(
        site.stranger().post("/sign-in", {{"name", "Joel"}, {"password", good_password}}).status ==
        422);
    site.write([&](database::Write& write) {
        Viewer const viewer{steward, Role::steward};
        auto const waiting = join_requests_waiting(write, viewer);
        REQUIRE(waiting.size() == 1);
        (void)accept_join_request(site.site(), write, waiting[0].public_id, steward);
    });
    CHECK(browser.get(url).has("You are welcome"));
    CHECK(codes_on(browser.post(url + "/come-in")).size() == limits::recovery_codes_made);
    CHECK(signed_in(browser));
    CHECK(site.stranger().post(url + "/come-in").status == 404);
    CHECK(site.stranger().get(url).status == 404);
    site.sign_in("Joel");
}

TEST_CASE("whoever gave an address is mailed that there is an answer, and comes in by its link") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::request; });
    auto const steward = site.add("Bernie", Role::steward);
    FormFields fields{{"name", "Joelle"},
                      {"email", "joel@example.org"},
                      {"agree", "1"},
                      {"agreement_version", "1"},
                      {"words", "Hello."}};
    auto const shown = site.stranger().post("/join", fields).header("location");
    bool const yes = true;
    auto const decide = [&](bool accepts) {
        site.write([&](database::Write& write) {
            auto const waiting = join_requests_waiting(write, {steward, Role::steward});
            auto const& id = waiting.at(0).public_id;
            if (accepts) {
                (void)accept_join_request(site.site(), write, id, steward);
            } else {
                decline_join_request(site.site(), write, id, steward);
            }
        });
    };
    SUBCASE("yes") {
        decide(yes);
        REQUIRE(site.mails().size() == 1);
        auto const mail = site.mails()[0];
        CHECK(mail.to == "joel@example.org");
        CHECK(mail.kind == "join_answer");
        CHECK(mail.subject == "An update for you");
        CHECK(mail.text.find("there is an answer") != std::string::npos);
        CHECK(mail.text.find("Joelle") == std::string::npos);
        auto const link = site.last_link();
        CHECK(link.starts_with("/join/asked/"));
        CHECK(link != shown);
        CHECK_FALSE(site.database_holds(link.substr(12)));
        site.clock().move(29 * 24h);
        auto browser = site.stranger();
        CHECK(browser.get(shown).has("You are welcome"));
        CHECK(browser.get(link).has("You are welcome"));
        CHECK(browser.post(link + "/come-in").status == 200);
        CHECK(browser.get_json("/settings/sign-in").json().at("email_confirmed") == true);
        CHECK(site.stranger().get(link).status == 404);
        CHECK(site.stranger().get(shown).status == 404);
    }
    SUBCASE("no") {
        decide(!yes);
        REQUIRE(site.mails().size() == 1);
        CHECK(site.stranger().get(site.last_link()).has("no judgement of you"));
        CHECK(site.stranger().post(site.last_link() + "/come-in").status == 404);
    }
}

TEST_CASE("the link of a waiting page proves no address") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::request; });
    auto const steward = site.add("Bernie", Role::steward);
    auto fields = joining("Joel");
    fields.emplace_back("email", "someone-else@example.org");
    fields.emplace_back("words", "Hello.");
    auto browser = site.stranger();
    auto const url = browser.post("/join", fields).header("location");
    site.write([&](database::Write& write) {
        auto const waiting = join_requests_waiting(write, {steward, Role::steward});
        (void)accept_join_request(site.site(), write, waiting.at(0).public_id, steward);
    });
    CHECK(browser.post(url + "/come-in").status == 200);
    CHECK(browser.get_json("/settings/sign-in").json().at("email_confirmed") == false);
}

TEST_CASE("a request waits as long as nobody has decided, and is forgotten 30 days after") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.set([](Community& house) { house.join_policy = JoinPolicy::request; });
        auto const steward = site.add("Bernie", Role::steward);
        auto fields = joining("Joel");
        fields.emplace_back("words", "Hello.");
        auto const url = site.stranger().post("/join", fields).header("location");
        auto const slice = members_slice();
        auto const sweep = [&] { slice.jobs.at(0).run(site.site(), ""); };
        site.clock().move(90 * 24h);
        sweep();
        CHECK(site.stranger().get(url).has("A steward reads your words soon"));
        site.write([&](database::Write& write) {
            auto const waiting = join_requests_waiting(write, {steward, Role::steward});
            REQUIRE(waiting.size() == 1);
            decline_join_request(site.site(), write, waiting[0].public_id, steward);
        });
        site.clock().move(29 * 24h);
        sweep();
        CHECK(site.stranger().get(url).status == 200);
        site.clock().move(2 * 24h);
        sweep();
        CHECK(site.stranger().get(url).status == 404);
    }
}

TEST_CASE("a request's link is worth nothing once its member has come in by another way") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::request; });
    auto const steward = site.add("Bernie", Role::steward);
    auto fields = joining("Joel");
    fields.emplace_back("words", "Hello.");
    auto const url = site.stranger().post("/join", fields).header("location");
    site.write([&](database::Write& write) {
        auto const waiting = join_requests_waiting(write, {steward, Role::steward});
        (void)accept_join_request(site.site(), write, waiting.at(0).public_id, steward);
    });
    CHECK(site.stranger().get(url).status == 200);
    site.sign_in("Joel");
    auto finder = site.stranger();
    CHECK(finder.get(url).status == 404);
    CHECK(finder.post(url + "/come-in").status == 404);
    CHECK_FALSE(signed_in(finder));
}

TEST_CASE("whoever was declined is told kindly by their own link") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::request; });
    auto const steward = site.add("Bernie", Role::steward);
    auto browser = site.stranger();
    auto fields = joining("Joel");
    fields.emplace_back("words", "Hello.");
    auto const url = browser.post("/join", fields).header("location");
    site.write([&](database::Write& write) {
        auto const waiting = join_requests_waiting(write, {steward, Role::steward});
        decline_join_request(site.site(), write, waiting.at(0).public_id, steward);
    });
    CHECK(browser.get(url).has("no judgement of you"));
    CHECK(browser.post(url + "/come-in").status == 404);
}

TEST_CASE("joining says the same whether an address is known or not") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::open; });
    site.add("Maya", Role::member, "maya@example.org");
    auto const attempt = [&](std::string const& email) {
        auto fields = joining("Someone");
        fields.emplace_back("email", email);
        auto const reply = site.stranger().post("/join", fields);
        return std::pair(reply.status, reply.header("location"));
    };
    CHECK(attempt("maya@example.org") == attempt("joel@example.org"));
}

TEST_CASE("nobody's password is their own name or address, or the community's name") {
    MembersSite site;
    site.set([](Community& house) {
        house.join_policy = JoinPolicy::open;
        house.name = "Harbour Street Evenings";
    });
    auto const attempt = [&](std::string const& password) {
        auto fields = joining("Wilhelmina Featherstone");
        fields[1].second = password;
        fields.emplace_back("email", "a.long.address.of.mine@example.org");
        return site.stranger().post("/join", fields);
    };
    for (auto const* guessed : {"wilhelmina featherstone", "Featherstone-Wilhelmina1",
                                "a.long.address.of.mine", "harbourstreetevenings"}) {
        CAPTURE(guessed);
        auto const refused = attempt(guessed);
        CHECK(refused.status == 422);
        CHECK(refused.has("href=\"#password\""));
    }
    CHECK(attempt(good_password).status == 303);
    site.add("Wilhelmina Featherstone");
    auto browser = site.sign_in("Wilhelmina Featherstone");
    CHECK(browser.post("/settings/sign-in/password", {{"password", "wilhelmina featherstone"}})
              .status == 422);
    CHECK(browser.post("/settings/sign-in/password", {{"password", "seven lanterns on a hill"}})
              .status == 303);
}

TEST_CASE("a member has no need of the way in") {
    MembersSite site;
    site.add("Maya");
    auto browser = site.sign_in("Maya");
    CHECK(browser.get("/join").status == 303);
    CHECK(browser.get("/sign-in").status == 303);
}

TEST_CASE("ten people an hour join from one address of the network") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::open; });
    auto const attempt = [&] {
        return site.stranger()
            .post("/join", {{"name", "Joel"},
                            {"email", "joel@example.org"},
                            {"agree", "1"},
                            {"agreement_version", "1"}})
            .status;
    };
    for (unsigned i = 0; i < limits::joins_network_max; ++i) CHECK(attempt() == 200);
    CHECK(attempt() == 429);
}
