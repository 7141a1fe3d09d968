#include "members_site.hpp"

#include "base/limits.hpp"
#include "members/known_devices.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

TEST_CASE("nobody keeps a member out of their own device by spending the account's tries") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.add("Maya");
        site.add("Joel");
        auto const attempt = [](Browser& browser, std::string const& name, char const* password) {
            FormFields const fields{{"name", name}, {"password", password}, {"own_device", "1"}};
            return browser.post("/sign-in", fields).status;
        };
        auto const spend = [&](std::string const& name) {
            auto other = site.stranger();
            for (unsigned i = 0; i < limits::sign_in_tries_max; ++i)
                CHECK(attempt(other, name, "wrong password here") == 422);
            CHECK(attempt(other, name, good_password) == 429);
        };
        auto at_home = site.sign_in("Maya", true);
        REQUIRE(at_home.cookies.contains("known"));
        auto const token = at_home.cookies.at("known");
        CHECK_FALSE(site.database_holds(token));
        at_home.post("/sign-out");
        CHECK(at_home.cookies.at("known") == token);
        site.clock().move(60 * 24h);
        spend("Maya");
        CHECK(attempt(at_home, "Maya", good_password) == 303);
        CHECK(at_home.cookies.at("known") != token);

        // It is a bucket of its own, not none, and for the account of its member alone.
        spend("Joel");
        CHECK(attempt(at_home, "Joel", good_password) == 429);
        for (unsigned i = 0; i < limits::sign_in_tries_max; ++i)
            CHECK(attempt(at_home, "Maya", "wrong password here") == 422);
        CHECK(attempt(at_home, "Maya", good_password) == 429);

        // A token that was replaced, or that is too old, is worth nothing.
        auto copied = site.stranger();
        copied.cookies["known"] = token;
        CHECK(attempt(copied, "Maya", good_password) == 429);
        site.clock().move(181 * 24h);
        spend("Maya");
        CHECK(attempt(at_home, "Maya", good_password) == 429);
    }
}

TEST_CASE("a shared device keeps no trace, and leaving or a new password forgets a known one") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    auto shared = site.sign_in("Maya");
    CHECK_FALSE(shared.cookies.contains("known"));
    auto own = site.sign_in("Maya", true);
    auto const forgotten = own.cookies.at("known");
    own.post("/leave");
    CHECK_FALSE(own.cookies.contains("known"));
    auto here = site.sign_in("Maya", true);
    CHECK(here.post("/settings/sign-in/password", {{"password", "seven lanterns on a hill"}})
              .status == 303);
    auto elsewhere = site.stranger();
    elsewhere.cookies["known"] = forgotten;
    auto const attempt = [&](Browser& browser) {
        return browser
            .post("/sign-in", {{"name", "Maya"}, {"password", "seven lanterns on a hill"}})
            .status;
    };
    auto other = site.stranger();
    for (unsigned i = 0; i < limits::sign_in_tries_max; ++i)
        other.post("/sign-in", {{"name", "Maya"}, {"password", "wrong password here"}});
    CHECK(attempt(elsewhere) == 429);
    here.post("/sign-out");
    CHECK(attempt(here) == 303);
}

TEST_CASE("a member is known on ten devices, the latest") {
    MembersSite site;
    auto const maya = site.add("Maya");
    site.write([&](database::Write& write) {
        for (std::size_t i = 0; i < limits::known_devices_max + 3; ++i)
            (void)know_device(site.site(), write, maya, "");
        CHECK(known_devices(write, {maya, Role::member}) == limits::known_devices_max);
        auto const slice = members_slice();
        (*slice.erase_for)(write, maya);
        CHECK(known_devices(write, {maya, Role::member}) == 0);
    });
}
