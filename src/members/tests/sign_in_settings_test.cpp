#include "members_site.hpp"

#include "base/limits.hpp"
#include "members/recovery.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

bool signed_in(Browser& browser) { return browser.get("/settings/sessions").status == 200; }

std::vector<std::string> codes_of(MembersSite& site, Id<Member> member) {
    return site.write(
        [&](database::Write& write) { return make_recovery_codes(site.site(), write, member); });
}

}  // namespace

TEST_CASE("a recovery code lets in once, tells how many are left, and tells everyone else") {
    MembersSite site;
    auto const maya = site.add("Maya", Role::member, "maya@example.org");
    auto const codes = codes_of(site, maya);
    auto at_home = site.sign_in("Maya");
    auto browser = site.stranger();
    CHECK(browser.get("/sign-in/recover").status == 200);
    CHECK(browser.post("/sign-in/recover", {{"code", "no such code"}}).status == 422);
    auto const in = browser.post("/sign-in/recover", {{"code", codes[0]}});
    CHECK(in.status == 303);
    CHECK(browser.follow(in).has("7 recovery codes left"));
    CHECK(site.stranger().post("/sign-in/recover", {{"code", codes[0]}}).status == 422);
    CHECK(at_home.get("/settings/sessions").has("Someone came in by a recovery code"));
    CHECK_FALSE(browser.get("/settings/sessions").has("Someone came in by a recovery code"));
    CHECK(site.mails().back().to == "maya@example.org");
}

TEST_CASE("for three days a recovered session can't lock out whoever owns the account") {
    MembersSite site;
    auto const maya = site.add("Maya", Role::member, "maya@example.org");
    auto const codes = codes_of(site, maya);
    auto at_home = site.sign_in("Maya", true);
    auto thief = site.stranger();
    thief.post("/sign-in/recover", {{"code", codes[0]}, {"own_device", "1"}});
    CHECK(thief.post("/settings/sign-in/email", {{"email", "thief@example.org"}}).status == 409);
    CHECK(thief.post("/settings/sign-in/codes").status == 409);
    CHECK(thief.post("/settings/sessions/end-others").status == 409);
    CHECK(thief.post("/settings/sign-in/password", {{"password", "seven lanterns on a hill"}})
              .status == 303);
    CHECK(signed_in(at_home));
    site.clock().move(73h);
    CHECK(thief.post("/settings/sessions/end-others").status == 303);
    CHECK_FALSE(signed_in(at_home));
}

TEST_CASE("for three days no way in that a recovery code opened can take the account away") {
    MembersSite site;
    auto const maya = site.add("Maya", Role::member, "maya@example.org");
    auto const codes = codes_of(site, maya);
    auto at_home = site.sign_in("Maya", true);
    site.clock().move(1min);
    auto thief = site.stranger();
    thief.post("/sign-in/recover", {{"code", codes[0]}});
    auto const chosen = "seven lanterns on a hill";
    CHECK(thief.post("/settings/sign-in/password", {{"password", chosen}}).status == 303);
    auto later = site.stranger();
    CHECK(later.post("/sign-in", {{"name", "Maya"}, {"password", chosen}}).status == 303);
    CHECK(later.post("/settings/sign-in/email", {{"email", "thief@example.org"}}).status == 409);
    CHECK(later.post("/settings/sign-in/codes").status == 409);
    CHECK(later.post("/settings/sessions/end-others").status == 409);
    CHECK(later.post("/settings/copy").status == 409);
    CHECK(later.post("/settings/erase").status == 409);
    CHECK(later.post("/settings/sign-in/password", {{"password", "eight lanterns on a hill"}})
              .status == 303);
    CHECK(signed_in(at_home));

    SUBCASE("a session from before keeps its rights, and takes the account back") {
        CHECK(at_home.post("/settings/sign-in/codes").status == 200);
        CHECK(at_home.post("/settings/sessions/end-others").status == 303);
        CHECK_FALSE(signed_in(later));
        CHECK_FALSE(signed_in(thief));
    }
    SUBCASE("after three days a new session may do all") {
        site.clock().move(73h);
        auto own = site.stranger();
        own.post("/sign-in", {{"name", "Maya"}, {"password", "eight lanterns on a hill"}});
        CHECK(own.post("/settings/sign-in/codes").status == 200);
    }
}

TEST_CASE("a new password ends the other sessions, and the old one is worth nothing") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    auto other = site.sign_in("Maya");
    auto browser = site.sign_in("Maya");
    CHECK(browser.get("/settings/sign-in").status == 200);
    CHECK(browser.post("/settings/sign-in/password", {{"password", "short"}}).status == 422);
    CHECK(signed_in(other));
    CHECK(browser.post("/settings/sign-in/password", {{"password", "seven lanterns on a hill"}})
              .status == 303);
    CHECK(signed_in(browser));
    CHECK_FALSE(signed_in(other));
    CHECK(
        site.stranger().post("/sign-in", {{"name", "Maya"}, {"password", good_password}}).status ==
        422);
    CHECK(site.stranger()
              .post("/sign-in", {{"name", "Maya"}, {"password", "seven lanterns on a hill"}})
              .status == 303);
    auto const mail = site.mails().back();
    CHECK(mail.kind == "sign_in_change");
    CHECK(mail.subject == "An update for you");
}

TEST_CASE("a new address counts once its link was used, and the old one is told") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    auto browser = site.sign_in("Maya");
    auto const ask = browser.post("/settings/sign-in/email", {{"email", "New@example.org"}});
    CHECK(ask.status == 303);
    CHECK(site.mails().back().to == "new@example.org");
    auto const link = site.last_link();
    CHECK(link.starts_with("/sign-in/email/"));
    CHECK(browser.get("/settings/sign-in").has("value=\"maya@example.org\""));
    CHECK(site.stranger().get(link).has("Is this your address?"));
    CHECK(browser.get("/settings/sign-in").has("value=\"maya@example.org\""));
    CHECK(site.stranger().post(link).status == 303);
    CHECK(browser.get("/settings/sign-in").has("value=\"new@example.org\""));
    CHECK(site.mails().back().to == "maya@example.org");
    CHECK(site.stranger().post(link).status == 409);
}

TEST_CASE("an address that another account has confirmed is not taken over") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    site.add("Joel");
    auto browser = site.sign_in("Joel");
    auto const known = browser.post("/settings/sign-in/email", {{"email", "maya@example.org"}});
    auto const unknown = browser.post("/settings/sign-in/email", {{"email", "n@example.org"}});
    CHECK(observed(known) == observed(unknown));
    auto const mails = site.mails();
    auto const& text = mails.at(mails.size() - 2).text;
    auto const at = text.find("/sign-in/email/");
    CHECK(browser.post(text.substr(at, text.find('\n', at) - at)).status == 409);
}

TEST_CASE("the last way back can't be removed") {
    MembersSite site;
    auto const maya = site.add("Maya", Role::member, "maya@example.org", false);
    site.stranger().post("/sign-in/link", {{"email", "maya@example.org"}});
    auto browser = site.stranger();
    browser.post(site.last_link());
    CHECK(browser.post("/settings/sign-in/email", {{"email", ""}}).status == 422);
    (void)codes_of(site, maya);
    CHECK(browser.post("/settings/sign-in/email", {{"email", ""}}).status == 303);
    CHECK(browser.get_json("/settings/sign-in").json().at("email").at("value") == "");
}

TEST_CASE("how one signs in is changed only by who has just shown who they are") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    auto browser = site.sign_in("Maya");
    site.clock().move(6min);
    CHECK(browser.get("/settings/sign-in").has("/sign-in/again?then="));
    for (auto const* path :
         {"/settings/sign-in/password", "/settings/sign-in/email", "/settings/sign-in/codes"}) {
        CAPTURE(path);
        CHECK(browser.post(path, {{"password", "seven lanterns on a hill"}}).status == 403);
        CHECK(site.stranger().post(path).status == 401);
    }
    CHECK(site.stranger().get("/settings/sign-in").status == 303);
    CHECK(browser.post("/sign-in/again", {{"password", good_password}}).status == 303);
    auto const made = browser.post("/settings/sign-in/codes");
    CHECK(made.status == 200);
    CHECK(made.has("These are your new codes"));
    CHECK(browser.get("/settings/sign-in").has("8 recovery codes left"));
}

TEST_CASE("no mail holds a name, a word of a member, or the community's name") {
    MembersSite site;
    site.set([](Community& house) { house.name = "Harbour Street"; });
    auto const maya = site.add("Mayamaya", Role::member, "maya@example.org");
    auto const codes = codes_of(site, maya);
    auto browser = site.sign_in("Mayamaya");
    site.clock().move(1min);
    site.stranger().post("/sign-in/link", {{"email", "maya@example.org"}});
    site.stranger().post("/sign-in/recover", {{"code", codes[0]}});
    browser.post("/settings/sign-in/email", {{"email", "other@example.org"}});
    browser.post("/settings/sign-in/password", {{"password", "seven lanterns on a hill"}});
    CHECK(site.mails().size() == 4);
    for (auto const& mail : site.mails()) {
        CAPTURE(mail.kind);
        auto const whole = mail.subject + mail.text;
        CHECK(whole.find("Mayamaya") == std::string::npos);
        CHECK(whole.find("Harbour") == std::string::npos);
        CHECK(whole.find("@") == std::string::npos);
        CHECK((mail.subject == "Your link" || mail.subject == "An update for you"));
    }
}
