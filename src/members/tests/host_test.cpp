#include "members/help_lines.hpp"
#include "members/host_members.hpp"
#include "members_site.hpp"
#include "web/audit.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

constexpr database::Sql keep_apart =
    "insert into separations (viewer, other) values (:viewer, :other)";

FormFields community_form(FormFields changes = {}) {
    FormFields form{{"name", "Harbour Street"},  {"join_policy", "request"},
                    {"agreement", "We listen."}, {"agreement_version", "1"},
                    {"language", "en"},          {"zone", "Europe/London"},
                    {"country", "gb"},           {"contact", ""}};
    form.insert(form.begin(), changes.begin(), changes.end());
    return form;
}

std::string host_url(MembersSite& site, Id<Member> member) {
    return site.write([&](database::Write& write) {
        return "/host/members/" + member_by_id(write, Viewer::server(), member)->public_id.text();
    });
}

std::int64_t audit_entries(MembersSite& site) {
    return site.write([](database::Write& write) { return web::verify_audit(write).entries; });
}

}  // namespace

TEST_CASE("the host's pages are for hosts, the door for stewards too; others find nothing") {
    MembersSite site;
    site.add("Hal", Role::host);
    site.add("Ines", Role::steward);
    site.add("Gus", Role::guide);
    auto hal = site.sign_in("Hal");
    auto ines = site.sign_in("Ines");
    auto gus = site.sign_in("Gus");
    for (auto const* path : {"/host/community", "/host/members", "/host/help-lines"}) {
        CAPTURE(path);
        CHECK(hal.get(path).status == 200);
        CHECK(hal.get_json(path).status == 200);
        CHECK(ines.get(path).status == 404);
        CHECK(gus.get(path).body == gus.get("/nothing/here").body);
        CHECK(site.stranger().get(path).status == 303);
    }
    CHECK(ines.get("/host").status == 200);
    CHECK_FALSE(ines.get("/host").has("/host/community"));
    CHECK(hal.get("/host").has("/host/community"));
    CHECK_FALSE(hal.get("/host").has("/host/mail"));  // no such room here
    CHECK(gus.get("/host").status == 404);
    CHECK(ines.post("/host/community", community_form()).status == 404);
}

TEST_CASE("whoever looks after the house is shown the way to it on every page, and nobody else") {
    MembersSite site;
    site.add("Hal", Role::host);
    site.add("Ines", Role::steward);
    site.add("Gus", Role::guide);
    site.add("Maya");
    auto const ways = [&](std::string const& name) {
        auto const page = site.sign_in(name).get("/settings").body;
        std::size_t count = 0;
        for (auto at = page.find("href=\"/host\""); at != std::string::npos;
             at = page.find("href=\"/host\"", at + 1))
            ++count;
        return count;
    };
    CHECK(ways("Hal") == 2);
    CHECK(ways("Ines") == 2);
    CHECK(ways("Gus") == 0);
    CHECK(ways("Maya") == 0);
    auto const host = site.sign_in("Ines").get("/host");
    CHECK(host.has("href=\"/host/joining\""));
    CHECK_FALSE(host.has("href=\"/host/members\""));
}

TEST_CASE("the host changes the community, and a new agreement is asked for anew") {
    MembersSite site;
    site.add("Hal", Role::host);
    site.add("Maya");
    auto maya = site.sign_in("Maya");
    CHECK(maya.post("/toy", {{"words", "x"}}).status == 303);
    auto hal = site.sign_in("Hal");
    auto const entries = audit_entries(site);
    CHECK(hal.post("/host/community", community_form({{"guests_may_comment", "1"}})).status == 303);
    auto const house = site.write([](database::Write& write) { return community(write); });
    CHECK(house.name == "Harbour Street");
    CHECK(house.join_policy == JoinPolicy::request);
    CHECK(house.country == "GB");
    CHECK(house.agreement_version == 2);
    CHECK(house.guests_may_comment);
    CHECK_FALSE(house.hold_links);
    CHECK(house.comment_edit_hours == 24);
    CHECK(audit_entries(site) == entries + 1);
    CHECK(maya.post("/toy", {{"words", "x"}}).status == 409);
    CHECK(hal.post("/toy", {{"words", "x"}}).status == 303);  // whoever wrote it has read it
    CHECK(maya.get("/agreement").has("We listen."));
    // The same words again are no new version; another's change isn't overwritten unseen.
    CHECK(hal.post("/host/community", community_form()).status == 409);
    auto const shorter = community_form({{"agreement_version", "2"}, {"comment_edit_hours", "1"}});
    CHECK(hal.post("/host/community", shorter).status == 303);
    CHECK(hal.get("/host/community").has("max=\"8760\" value=\"1\""));
    auto const never = community_form({{"agreement_version", "2"}, {"comment_edit_hours", "-1"}});
    CHECK(hal.post("/host/community", never).status == 422);
    CHECK(site.write([](database::Write& write) { return community(write); }).agreement_version ==
          2);
}

TEST_CASE("what the community can't be is said beside the field, and what was typed stays") {
    MembersSite site;
    site.add("Hal", Role::host);
    auto hal = site.sign_in("Hal");
    auto const page = hal.post("/host/community", community_form({{"name", ""},
                                                                  {"agreement", " "},
                                                                  {"country", "England"},
                                                                  {"contact", "me"},
                                                                  {"zone", "Nowhere"},
                                                                  {"language", "xx"},
                                                                  {"hold_links", "1"}}));
    CHECK(page.status == 422);
    CHECK(page.has("value=\"ENGLAND\"") == false);
    CHECK(page.has("value=\"England\""));
    CHECK(page.has("name=\"hold_links\" value=\"1\" checked"));
    CHECK(page.has("name=\"join_policy\" value=\"request\" checked"));
    auto const json = hal.post_json("/host/community", {{"name", ""}});
    CHECK(json.status == 422);
    CHECK(json.json().at("error").at("fields").as_array().size() >= 5);
}

TEST_CASE("the host says how large a circle may be, from 2 to 500") {
    MembersSite site;
    site.add("Hal", Role::host);
    auto hal = site.sign_in("Hal");
    auto const allowed = [&] {
        return site.write([](database::Write& write) { return community(write); }).circle_size_max;
    };
    CHECK(allowed() == 12);
    for (auto const* wrong : {"1", "501", "many"})
        CHECK(hal.post("/host/community", community_form({{"circle_size_max", wrong}})).status ==
              422);
    CHECK(allowed() == 12);
    CHECK(hal.post("/host/community", community_form({{"circle_size_max", "40"}})).status == 303);
    CHECK(allowed() == 40);
    CHECK(hal.get("/host/community").has("value=\"40\""));
}

TEST_CASE("the host finds members by name, role and state") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.add("Hal", Role::host);
        auto const maya = site.add("Maya % Moon", Role::guide);
        site.add("Joel");
        auto hal = site.sign_in("Hal");
        CHECK(hal.get_json("/host/members").json().at("items").as_array().size() == 3);
        auto const found = hal.get("/host/members?name=mOO&role=guide");
        CHECK(found.has("Maya % Moon"));
        CHECK_FALSE(found.has(">Joel<"));
        CHECK(found.has("value=\"guide\" selected"));
        CHECK(hal.get("/host/members?name=%25").has("Maya"));
        CHECK(hal.get("/host/members?name=_").has("Nobody fits."));
        CHECK(hal.get("/host/members?state=disabled").has("Nobody fits."));
        CHECK(hal.get("/host/members?after=forged").status == 400);
        CHECK(hal.get(host_url(site, maya)).has("Maya % Moon"));
    }
}

TEST_CASE("the host gives roles, closes accounts and lets people write, and it is noted") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.add("Hal", Role::host);
        auto const maya = site.add("Maya");
        auto hal = site.sign_in("Hal");
        auto self = site.sign_in("Maya");
        auto const url = host_url(site, maya);
        auto const entries = audit_entries(site);
        CHECK(hal.post(url + "/role", {{"role", "stranger"}}).status == 422);
        CHECK(hal.post(url + "/role", {{"role", "steward"}}).status == 303);
        CHECK(self.get("/settings").status == 303);
        CHECK(site.sign_in("Maya").get("/host").status == 200);
        CHECK(hal.post(url + "/essays", {{"writes_essays", "1"}}).status == 303);
        CHECK(hal.get_json(url).json().at("writes_essays") == true);
        CHECK(hal.post(url + "/state", {{"state", "erased"}}).status == 422);
        CHECK(hal.post(url + "/state", {{"state", "disabled"}}).status == 303);
        auto browser = site.stranger();
        CHECK(browser.post("/sign-in", {{"name", "Maya"}, {"password", good_password}}).status ==
              422);
        CHECK(hal.post(url + "/state", {{"state", "active"}}).status == 303);
        CHECK(audit_entries(site) == entries + 4);
        site.clock().move(6min);
        CHECK(hal.post(url + "/role", {{"role", "member"}}).status == 403);
        CHECK(hal.get(url).has("/sign-in/again?then="));
    }
}

TEST_CASE("no host leaves the house without one, and who is apart is looked after by another") {
    MembersSite site;
    auto const hal = site.add("Hal", Role::host);
    auto const maya = site.add("Maya");
    auto browser = site.sign_in("Hal");
    CHECK(browser.post(host_url(site, hal) + "/role", {{"role", "member"}}).status == 409);
    CHECK(browser.post(host_url(site, hal) + "/state", {{"state", "disabled"}}).status == 409);
    site.write([&](database::Write& write) {
        database::execute(write, keep_apart, database::bind("viewer", hal),
                          database::bind("other", maya));
        database::execute(write, keep_apart, database::bind("viewer", maya),
                          database::bind("other", hal));
    });
    CHECK_FALSE(browser.get("/host/members").has("Maya"));
    CHECK(browser.get(host_url(site, maya)).status == 404);
    CHECK(browser.post(host_url(site, maya) + "/role", {{"role", "guide"}}).status == 404);
}

TEST_CASE("a help line is a number as dialled, or an address") {
    CHECK(href_of_line("116 123") == "tel:116123");
    CHECK(href_of_line("+44 (0)20/7946-0000") == "tel:+4402079460000");
    CHECK(href_of_line("*55#") == "tel:*55#");
    CHECK(href_of_line("https://chat.example/now") == "https://chat.example/now");
    for (auto const* wrong : {"", "1", "call me", "javascript:alert(1)", "http://x.example",
                              "https://", "https://x.example/\"a"})
        CHECK_FALSE(href_of_line(wrong).has_value());
    Time const now{std::chrono::days(1000)};
    CHECK(is_checked(now - 180 * 24h, now));
    CHECK_FALSE(is_checked(now - 181 * 24h, now));
    CHECK_FALSE(is_checked(std::nullopt, now));
}

TEST_CASE("the host keeps the help lines, and is told when one was not looked at for long") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.add("Hal", Role::host);
        auto hal = site.sign_in("Hal");
        CHECK(hal.get_json("/host/help-lines").json().at("to_check") == 2);
        auto const wrong =
            hal.post("/host/help-lines",
                     {{"label", "call me"}, {"words", ""}, {"country", "USA"}, {"source", "x"}});
        CHECK(wrong.status == 422);
        CHECK(wrong.has("value=\"call me\""));
        CHECK(hal.post("/host/help-lines", {{"label", "211"},
                                            {"words", "help <nearby>"},
                                            {"country", "us"},
                                            {"source", "https://211.example"}})
                  .status == 303);
        CHECK(site.stranger().get("/sign-in").has("href=\"tel:211\""));
        CHECK(site.stranger().get("/sign-in").has("help &lt;nearby&gt;"));
        auto const items = hal.get_json("/host/help-lines").json().at("items").as_array();
        for (auto const& item : items) {
            if (item.at("country") != "US") continue;
            CHECK(hal.post(std::string(item.at("checked_url").as_string())).status == 303);
        }
        CHECK(hal.get_json("/host/help-lines").json().at("to_check") == 0);
        auto const last = std::string(items.back().at("change_url").as_string());
        CHECK(hal.post(last, {{"label", "?"}, {"words", "w"}, {"country", "US"}, {"source", "s"}})
                  .has(" open>"));
        CHECK(hal.post(last, {{"label", "212"}, {"words", "w"}, {"country", "US"}, {"source", "s"}})
                  .status == 303);
        CHECK(site.stranger().get("/sign-in").has("tel:212"));
        CHECK(hal.post(last + "/remove").status == 303);
        CHECK(hal.post(last + "/remove").status == 404);
        CHECK(hal.post("/host/help-lines/forged/remove").status == 404);
        site.clock().move(181 * 24h);
        auto later = site.sign_in("Hal");
        CHECK(later.get("/host").has("2 numbers need a look."));
    }
}
