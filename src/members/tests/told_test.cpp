#include "members/join_requests.hpp"
#include "members_site.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;

TEST_CASE("stewards and hosts are told that someone waits, until one of them has decided") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.set([](Community& house) { house.join_policy = JoinPolicy::request; });
        site.add("Maya");
        auto const steward = site.add("Bernie", Role::steward);
        auto const host = site.add("Hal", Role::host);
        std::vector<web::Notice> told;
        site.site().hooks.tell = [&](database::Write&, web::Site&, web::Notice notice) {
            told.push_back(std::move(notice));
        };
        site.site().hooks.untell = [&](database::Write&, web::Site&, std::string_view kind,
                                       std::string_view about) {
            std::erase_if(told, [&](web::Notice const& notice) {
                return notice.kind == kind && notice.about == about;
            });
        };
        auto const ask = [&](std::string const& name) {
            CHECK(site.stranger()
                      .post("/join", {{"name", name},
                                      {"password", good_password},
                                      {"words", "I would like to."},
                                      {"agree", "1"},
                                      {"agreement_version", "1"}})
                      .status == 303);
        };
        ask("Joel");
        REQUIRE(told.size() == 2);
        CHECK(told[0].to == steward);
        CHECK(told[1].to == host);
        CHECK(told[0].kind == request_waits);
        CHECK(told[0].arguments.front().second == "Joel");
        auto browser = site.sign_in("Bernie");
        CHECK(browser.post("/host/joining/" + told[0].about + "/decline").status == 303);
        CHECK(told.empty());
        ask("Kofi");
        REQUIRE(told.size() == 2);
        CHECK(browser.post("/host/joining/" + told[0].about + "/accept").status == 303);
        CHECK(told.empty());
    }
}
