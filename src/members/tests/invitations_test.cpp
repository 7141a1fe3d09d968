#include "base/limits.hpp"
#include "members/invitations_store.hpp"
#include "members_site.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

std::string invite(Browser& browser, std::string const& note = {}) {
    auto const reply = browser.post_json("/invitations", {{"note", note}});
    REQUIRE(reply.status == 200);
    auto const url = std::string(reply.json().at("url").as_string());
    return url.substr(std::string("http://127.0.0.1").size());
}

std::string withdraw_url(Browser& browser) {
    auto const items = browser.get_json("/invitations").json().at("items").as_array();
    return std::string(items.at(0).at("withdraw_url").as_string());
}

FormFields asking(std::string const& name) {
    return {{"name", name},
            {"words", "I would like to listen."},
            {"password", good_password},
            {"agree", "1"},
            {"agreement_version", "1"}};
}

}  // namespace

TEST_CASE("members invite when the host lets them; stewards and hosts always") {
    MembersSite site;
    site.add("Maya");
    site.add("Ines", Role::steward);
    auto maya = site.sign_in("Maya");
    CHECK(maya.get("/invitations").status == 404);
    CHECK(maya.post("/invitations").status == 404);
    CHECK(site.sign_in("Ines").get("/invitations").status == 200);
    CHECK(site.stranger().get("/invitations").status == 303);
    site.set([](Community& house) { house.members_may_invite = true; });
    CHECK(maya.get("/settings").has("/invitations"));
    CHECK(maya.get("/invitations").status == 200);
}

TEST_CASE("an invitation's link is shown once and lets someone in") {
    MembersSite site;
    site.add("Ines", Role::steward);
    auto ines = site.sign_in("Ines");
    auto const page = ines.post("/invitations", {{"note", "For <Joel>"}});
    CHECK(page.status == 200);
    CHECK(page.has("http://127.0.0.1/join/"));
    CHECK(page.has("For &lt;Joel&gt;"));
    auto const begin = page.body.find("/join/");
    auto const link = page.body.substr(begin, page.body.find('<', begin) - begin);
    CHECK_FALSE(ines.get("/invitations").has(link));
    CHECK(ines.get("/invitations").has("It can be used until"));
    auto joel = site.stranger();
    CHECK(joel.get(link).status == 200);
    CHECK(joel.post(link, asking("Joel")).status == 200);
    auto const list = ines.get("/invitations");
    CHECK(list.has("It was used."));
    CHECK_FALSE(list.has(">Joel<"));
    CHECK(ines.get_json("/invitations").json().at("items").at(0).at("state") == "used");
}

TEST_CASE("an invitation can be withdrawn by whoever made it, and by nobody else") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.add("Ines", Role::steward);
        site.add("Hal", Role::host);
        auto ines = site.sign_in("Ines");
        auto hal = site.sign_in("Hal");
        auto const link = invite(ines);
        auto const withdraw = withdraw_url(ines);
        CHECK(hal.post(withdraw).status == 404);
        CHECK(site.stranger().get(link).status == 200);
        CHECK(ines.post(withdraw).status == 303);
        CHECK(ines.post(withdraw).status == 404);
        CHECK(site.stranger().get(link).status == 404);
    }
}

TEST_CASE("open invitations are few, and one that ended makes room") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.add("Ines", Role::steward);
        auto ines = site.sign_in("Ines", true);
        for (std::size_t i = 0; i < limits::invitations_open_max; ++i) invite(ines);
        CHECK(ines.post("/invitations").status == 409);
        CHECK(ines.post("/invitations", {{"note", std::string(101, 'x')}}).status == 422);
        ines.post(withdraw_url(ines));
        CHECK(ines.post("/invitations").status == 200);
        site.clock().move(73h);
        auto later = site.sign_in("Ines");
        CHECK(later.post("/invitations").status == 200);
    }
}

TEST_CASE("a member makes forty invitations a day, however many are withdrawn again") {
    MembersSite site;
    auto const ines = site.add("Ines", Role::steward);
    site.add("Bernie", Role::steward);
    auto browser = site.sign_in("Ines");
    auto const withdraw_all = [&] {
        site.write([&](database::Write& write) {
            for (auto const& row : invitations_by(write, {ines, Role::steward}))
                (void)withdraw_invitation(write, ines, row.public_id, site.site().now());
        });
    };
    for (unsigned i = 0; i < limits::invitations_made_max; ++i) {
        CHECK(browser.post("/invitations").status == 200);
        withdraw_all();
    }
    CHECK(browser.post("/invitations").status == 429);
    CHECK(site.sign_in("Bernie").post("/invitations").status == 200);
    site.clock().move(24h);
    CHECK(site.sign_in("Ines").post("/invitations").status == 200);
}

TEST_CASE("stewards answer who asks to join") {
    MembersSite site;
    site.set([](Community& house) { house.join_policy = JoinPolicy::request; });
    site.add("Ines", Role::steward);
    site.add("Maya");
    auto joel = site.stranger();
    auto fields = asking("Joel");
    fields.emplace_back("email", "joel@example.org");
    auto const asked = joel.post("/join", fields);
    auto wren = site.stranger();
    auto const asked_too = wren.post("/join", asking("Wren"));
    CHECK(site.sign_in("Maya").get("/host/joining").status == 404);
    CHECK(site.stranger().get("/host/joining").status == 303);
    auto ines = site.sign_in("Ines");
    auto const page = ines.get("/host/joining");
    CHECK(page.has("I would like to listen."));
    CHECK(page.has("joel@example.org"));
    auto const items = ines.get_json("/host/joining").json().at("items").as_array();
    REQUIRE(items.size() == 2);
    auto const accept = std::string(items.at(0).at("accept_url").as_string());
    CHECK(site.sign_in("Maya").post(accept).status == 404);
    CHECK(ines.post(accept).status == 303);
    CHECK(ines.post(accept).status == 404);
    CHECK(site.mails().back().to == "joel@example.org");
    CHECK(site.mails().back().text.find("Joel") == std::string::npos);
    CHECK(ines.post(std::string(items.at(1).at("decline_url").as_string())).status == 303);
    CHECK(ines.get("/host/joining").has("Nobody waits."));
    CHECK(joel.follow(asked).has("You are welcome"));
    CHECK(wren.follow(asked_too).has("no judgement of you"));
}
