#include "full_site.hpp"
#include "notify/mail_store.hpp"

namespace kith::app {
namespace {

using namespace testing;
using tests::Browser;
using tests::Reply;

/// Everyone whom a page of the host's is not for finds nothing there, by GET and by POST.
void check_missing_but_for_the_host(FullSite& house, std::string const& path, web::Verb verb) {
    CAPTURE(path);
    auto const ask = [verb](Browser& browser, std::string const& to, bool json) {
        if (verb == web::Verb::get) return json ? browser.get_json(to) : browser.get(to);
        return json ? browser.post_json(to, boost::json::object()) : browser.post(to);
    };
    auto stranger = house.as(Role::stranger);
    CHECK(ask(stranger, path, false).status == (verb == web::Verb::get ? 303 : 401));
    CHECK(ask(stranger, path, true).status == 401);
    for (auto const role : {Role::member, Role::guide, Role::steward}) {
        CAPTURE(name_of(role));
        auto browser = house.as(role);
        for (bool const json : {false, true}) {
            auto const reply = ask(browser, path, json);
            CHECK(reply.status == 404);
            CHECK(observed(reply) == observed(ask(browser, "/nothing-here", json)));
        }
    }
}

/// A mail that the server refused for good; gives its path on the host's page.
std::string dead_mail(FullSite& house) {
    auto const id = PublicId::make(house.site.random);
    house.write([&](database::Write& write) {
        auto const now = house.site.clock.now();
        auto const key = notify::add_mail(
            write, id, {"anna@example.org", "A link", "Words for Anna alone.", "sign_in_link"},
            now);
        auto const mail = notify::mail_by_id(write, Viewer::server(), key);
        notify::settle_mail(write, *mail, notify::MailState::dead, "550", now);
    });
    return "/host/mail/" + id.text();
}

TEST_CASE("the mail that didn't arrive is the host's alone to see, send again or forget") {
    FullSite house;
    auto const mail = dead_mail(house);
    check_missing_but_for_the_host(house, "/host/mail", web::Verb::get);
    check_missing_but_for_the_host(house, mail + "/retry", web::Verb::post);
    check_missing_but_for_the_host(house, mail + "/forget", web::Verb::post);
    auto host = house.as(Role::host);
    auto const page = host.get("/host/mail");
    CHECK(page.status == 200);
    CHECK(page.has("a…@example.org"));
    CHECK_FALSE(page.has("anna@example.org"));
    CHECK_FALSE(page.has("Words for Anna"));
    CHECK(host.get_json("/host/mail").json().at("mails").at(0).at("dead") == true);
    CHECK(host.post(mail + "/retry").status == 303);
    CHECK(host.get_json("/host/mail").json().at("mails").at(0).at("dead") == false);
    CHECK(host.post("/host/mail/" + PublicId::make(house.site.random).text() + "/retry").status ==
          404);
}

TEST_CASE("only the host says that a help line was checked") {
    FullSite house;
    auto host = house.as(Role::host);
    auto const line = [&] { return host.get_json("/host/help-lines").json().at("items").at(0); };
    auto const before = line();
    auto const url = std::string(before.at("checked_url").as_string());
    house.site.clock.move(std::chrono::hours(1));
    host = house.as(Role::host);
    check_missing_but_for_the_host(house, "/host/help-lines", web::Verb::get);
    check_missing_but_for_the_host(house, url, web::Verb::post);
    CHECK(line().at("checked_at") == before.at("checked_at"));
    CHECK(host.post(url).status == 303);
    CHECK(line().at("checked_at") != before.at("checked_at"));
    CHECK(host.post("/host/help-lines/not-a-line/checked").status == 404);
}

TEST_CASE("what is measured can be read on this machine, not through a proxy") {
    FullSite house(all_slices(), {"127.0.0.1"});
    auto here = house.as(Role::stranger);
    auto const reply = here.get("/metrics");
    CHECK(reply.status == 200);
    CHECK(reply.header("content-type").starts_with("text/plain"));
    CHECK(reply.has("kith_"));
    for (auto const role : {Role::stranger, Role::member, Role::host}) {
        auto elsewhere = house.as(role);
        elsewhere.headers["x-forwarded-for"] = "203.0.113.7";
        for (auto const* face : {"text/html", "application/json"}) {
            CAPTURE(face);
            elsewhere.headers["accept"] = face;
            auto const refused = elsewhere.get("/metrics");
            CHECK(refused.status == 404);
            CHECK(observed(refused) == observed(elsewhere.get("/nothing-here")));
        }
    }
}

TEST_CASE("whether it is ready tells everyone the same, and nothing more") {
    FullSite house;
    for (auto const role : roles) {
        auto browser = house.as(role);
        auto const reply = browser.get("/readyz");
        CHECK(reply.status == 200);
        CHECK(reply.body == "ready\n");
        CHECK(browser.get_json("/readyz").body == reply.body);
        CHECK(browser.post("/readyz").status == 404);
    }
    house.site.site().ready = false;
    auto stopping = house.as(Role::stranger).get("/readyz");
    CHECK(stopping.status == 503);
    CHECK(stopping.body == "not ready\n");
}

}  // namespace
}  // namespace kith::app
