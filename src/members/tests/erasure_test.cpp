#include "base/limits.hpp"
#include "members/erasure.hpp"
#include "members/erasure_store.hpp"
#include "members/join_requests.hpp"
#include "members/profiles_store.hpp"
#include "members/recovery.hpp"
#include "members_site.hpp"
#include "web/audit.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

/// True when `words` stand somewhere in the files below `directory`.
bool holds(std::filesystem::path const& directory, std::string const& words) {
    for (auto const& entry : std::filesystem::recursive_directory_iterator(directory)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        std::string const bytes(std::istreambuf_iterator<char>(file), {});
        if (bytes.find(words) != std::string::npos) return true;
    }
    return false;
}

std::string url_of(MembersSite& site, Id<Member> member) {
    return site.write([&](database::Write& write) {
        return "/members/" + member_by_id(write, Viewer::server(), member)->public_id.text();
    });
}

Reply sign_in_reply(Browser& browser, std::string const& name) {
    return browser.post("/sign-in", {{"name", name}, {"password", good_password}});
}

/// A node that is older than the schema erases nobody who is due.
void check_left_to_newer_nodes(MembersSite& site, Id<Member> member) {
    auto& known = site.site().steps_known;
    --known;
    erase_due_members(site.site(), "");
    site.write([&](database::Write& write) {
        CHECK(member_by_id(write, Viewer::server(), member)->state == MemberState::erasing);
    });
    ++known;
}

std::string const gone[] = {"Xanthippe", "xanthippe@unusual.example", "zither lessons",
                            "ze/zir",    "For my sister Zenobia",     "Where I heard of you"};

}  // namespace

TEST_CASE("after erasure nothing in the database holds a name, an address or a word") {
    TestDirectory kept;
    {
        MembersSite site("sqlite://" + (kept.path / "kith.db").string());
        site.add("Hal", Role::host);
        auto const link = site.write([&](database::Write& write) {
            auto const hal = accounts_called(write, Viewer::server(), "Hal").at(0).id;
            return make_invitation(site.site(), write, hal, "Xanthippe from the library");
        });
        auto browser = site.stranger();
        REQUIRE(browser
                    .post(link, {{"name", "Xanthippe"},
                                 {"pronouns", "ze/zir"},
                                 {"email", "Xanthippe@unusual.example"},
                                 {"words", "Where I heard of you"},
                                 {"password", good_password},
                                 {"agree", "1"},
                                 {"agreement_version", "1"}})
                    .status == 303);
        REQUIRE(browser
                    .post("/settings/profile", {{"name", "Xanthippe"},
                                                {"pronouns", "ze/zir"},
                                                {"about", "I give zither lessons"},
                                                {"listed", "1"}})
                    .status == 303);
        site.set([](Community& house) { house.members_may_invite = true; });
        REQUIRE(browser.post("/invitations", {{"note", "For my sister Zenobia"}}).status == 200);
        auto const id = site.write([](database::Write& write) {
            return accounts_called(write, Viewer::server(), "Xanthippe").at(0).id;
        });
        REQUIRE(browser.post("/settings/erase").status == 303);
        erase_due_members(site.site(), "");
        site.write([&](database::Write& write) {
            CHECK(member_by_id(write, Viewer::server(), id)->state == MemberState::erasing);
        });
        site.clock().move(limits::erasure_grace + 1h);
        check_left_to_newer_nodes(site, id);
        erase_due_members(site.site(), "");
        site.test().house().run_due_jobs();
        site.write([&](database::Write& write) {
            auto const row = member_by_id(write, Viewer::server(), id);
            REQUIRE(row.has_value());
            CHECK(row->state == MemberState::erased);
            CHECK(row->name.empty());
            CHECK_FALSE(account_of(write, Viewer::server(), id)->password_hash.has_value());
            CHECK(web::verify_audit(write).entries >= 2);
            CHECK_FALSE(web::verify_audit(write).broken_at.has_value());
        });
        auto later = site.stranger();
        CHECK(sign_in_reply(later, "Xanthippe").status == 422);
        CHECK(site.sign_in("Hal").get("/host/members").has("Hal"));
    }
    for (auto const& words : gone) {
        CAPTURE(words);
        CHECK_FALSE(holds(kept.path, words));
    }
    CHECK(holds(kept.path, "Hal"));
}

TEST_CASE("who asks to be erased is signed out everywhere and seen by nobody, at once") {
    MembersSite site;
    auto const maya = site.add("Maya", Role::member, "maya@example.org");
    site.add("Joel");
    site.write([&](database::Write& write) { set_own_words(write, maya, {"Maya", "", "", true}); });
    auto const url = url_of(site, maya);
    auto joel = site.sign_in("Joel");
    CHECK(joel.get(url).status == 200);
    auto phone = site.sign_in("Maya", true);
    auto self = site.sign_in("Maya");
    auto const page = self.get("/settings/erase");
    CHECK(page.has("For 7 days you can sign in and come back"));
    auto const reply = self.post("/settings/erase");
    CHECK(reply.status == 303);
    CHECK(reply.header("location").find("said_erasing") != std::string::npos);
    CHECK(self.cookies.empty());
    CHECK(phone.get("/settings").status == 303);
    CHECK(joel.get(url).status == 404);
    CHECK_FALSE(joel.get("/members").has("Maya"));
    auto const mail = site.mails().back();
    CHECK(mail.to == "maya@example.org");
    CHECK(mail.text.find("Maya") == std::string::npos);
}

TEST_CASE("within seven days one press brings everything back") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        auto const maya = site.add("Maya");
        auto self = site.sign_in("Maya");
        REQUIRE(self.post("/settings/erase").status == 303);
        site.set([](Community& house) { house.members_may_invite = true; });
        site.clock().move(6 * 24h);
        auto again = site.stranger();
        auto const in = sign_in_reply(again, "Maya");
        CHECK(in.header("location") == "/settings/erase");
        CHECK(again.get("/settings/erase").has("/settings/erase/come-back"));
        CHECK(again.get_json("/settings/erase").json().at("erase_at").is_string());
        CHECK(again.post("/settings/erase").status == 409);
        auto const inviting = again.post("/invitations", {{"note", "for Tomoko"}});
        CHECK(inviting.status == 409);
        CHECK(inviting.has("Your account is being erased"));
        CHECK(inviting.has("for Tomoko"));
        CHECK(again.post("/settings/erase/come-back").status == 303);
        CHECK(again.post("/settings/erase/come-back").status == 404);
        CHECK(again.post("/invitations", {{"note", "for Tomoko"}}).status < 400);
        site.clock().move(30 * 24h);
        erase_due_members(site.site(), "");
        auto later = site.stranger();
        CHECK(sign_in_reply(later, "Maya").header("location") == "/");
        CHECK(later.get(url_of(site, maya)).status == 200);
    }
}

TEST_CASE("erasing and copying ask again who it is, and wait after a recovery code") {
    MembersSite site;
    auto const maya = site.add("Maya");
    auto self = site.sign_in("Maya");
    site.clock().move(6min);
    CHECK(self.post("/settings/erase").status == 403);
    CHECK(self.post("/settings/copy").status == 403);
    CHECK(self.get("/settings/erase").has("/sign-in/again"));
    auto const code = site.write([&](database::Write& write) {
        return make_recovery_codes(site.site(), write, maya).front();
    });
    auto found = site.stranger();
    REQUIRE(found.post("/sign-in/recover", {{"code", code}}).status == 303);
    CHECK(found.post("/settings/erase").status == 409);
    CHECK(found.post("/settings/copy").status == 409);
    CHECK(site.stranger().post("/settings/erase").status == 401);
    CHECK(site.stranger().get("/settings/erase").status == 303);
}

TEST_CASE("the last host can't be erased, and a page says why") {
    MembersSite site;
    site.add("Hal", Role::host);
    auto hal = site.sign_in("Hal");
    CHECK(hal.get("/settings/erase").has("You are the only host"));
    CHECK(hal.post("/settings/erase").status == 409);
    site.add("Ida", Role::host);
    CHECK(hal.post("/settings/erase").status == 303);
}

TEST_CASE("an erased member's invitations and the note on their own are gone") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        auto const maya = site.add("Maya");
        auto const joel = site.add("Joel");
        auto const link = site.write([&](database::Write& write) {
            auto path = make_invitation(site.site(), write, maya, "");
            begin_erasing(site.site(), write, joel, site.site().now());
            return path;
        });
        erase_member(site.site(), maya);  // not asked for: nothing happens
        CHECK(site.stranger().get(link).status == 200);
        erase_member(site.site(), joel);
        site.write([&](database::Write& write) {
            CHECK(member_by_id(write, Viewer::server(), joel)->state == MemberState::erased);
            begin_erasing(site.site(), write, maya, site.site().now());
            CHECK(members_to_erase(write, Viewer::server(), site.site().now()).size() == 1);
            CHECK(members_to_erase(write, {maya, Role::host}, site.site().now()).empty());
        });
        erase_member(site.site(), maya);
        CHECK(site.stranger().get(link).status == 404);
    }
}
