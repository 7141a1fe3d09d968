#include <doctest/doctest.h>

#include "notice_site.hpp"
#include "notify/mail_jobs.hpp"
#include "notify/mail_store.hpp"
#include "notify/notify_slice.hpp"
#include "notify/outbox.hpp"
#include "postgres.hpp"
#include "test_site.hpp"

using namespace kith;
using namespace kith::notify;
using namespace kith::tests;

namespace {

constexpr database::Sql waiting = "select count(*) from mail_queue where state = 'waiting'";
constexpr database::Sql jobs = "select count(*) from jobs";

/// "X-Host: yes" is the host's session here; the real ones live in members/.
web::SiteHooks hooks() {
    web::SiteHooks hooks;
    hooks.recognise = [](web::Site&, database::Read&, web::HttpRequest const& request, Time now) {
        web::Visitor visitor;
        if (request.header("x-host").empty()) return visitor;
        visitor.viewer = {Id<Member>{1}, Role::host};
        visitor.language = request.header("x-host");
        visitor.authenticated_at = now;
        return visitor;
    };
    hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
    hooks.furnish = [](web::Call&, web::Shell& shell) { shell.community_name = "Test Street"; };
    return hooks;
}

std::vector<web::Slice> slices() {
    std::vector<web::Slice> slices;
    slices.push_back(notify::testing::members_tables());
    slices.push_back(notify_slice());
    return slices;
}

/// A mail that died of `error`.
std::string dead_mail(TestSite& site, web::OutgoingMail const& mail, std::string const& error) {
    return site.database().write_now([&](database::Write& write) {
        auto const id = PublicId::make(site.random);
        (void)add_mail(write, id, mail, site.clock.now());
        settle_mail(write, *find_mail(write, Viewer::server(), id), MailState::dead, error,
                    site.clock.now());
        return id.text();
    });
}

}  // namespace

TEST_CASE("the host reads in words what mail was for and why it did not arrive") {
    TestSite site(slices(), hooks());
    dead_mail(site, {"anna@example.org", "Your link", "…", "sign_in_link"}, "answered 550");
    dead_mail(site, {"b@example.org", "…", "…", "some_new_kind"}, "unreachable: Timeout reached");
    dead_mail(site, {"c@example.org", "…", "…", "thanks"}, "not a mail: the address isn't one");
    auto host = site.browser();
    host.headers["x-host"] = "en";
    auto const page = host.get("/host/mail");
    CHECK(page.status == 200);
    for (auto const* words :
         {"A link to sign in", "gave the code 550", "Other mail", "could not be reached",
          "Thanks sent on", "could not be put together", "To a…@example.org"}) {
        CAPTURE(words);
        CHECK(page.has(words));
    }
    for (auto const* raw :
         {"sign_in_link", "some_new_kind", "Timeout", "answered 550", "not a mail"})
        CHECK_FALSE(page.has(raw));
    host.headers["x-host"] = "de";
    CHECK(host.get("/host/mail").has("nannte den Code 550"));
    CHECK(site.browser().get("/host/mail").status == 303);
}

TEST_CASE("a dead mail is tried again or given up; without its address it can only be given up") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        TestSite site(slices(), hooks(), fresh.url);
        auto host = site.browser();
        host.headers["x-host"] = "en";
        auto const known =
            dead_mail(site, {"anna@example.org", "…", "…", "update"}, "answered 550");
        CHECK(host.get("/host/mail").has("/host/mail/" + known + "/retry"));
        CHECK(site.browser().post("/host/mail/" + known + "/retry").status == 401);
        CHECK(host.post("/host/mail/" + known + "/retry").status == 303);
        CHECK(host.post("/host/mail/" + known + "/retry").status == 404);

        auto const gone = dead_mail(site, {"guest@example.org", "…", "…", "reach_out_answer", true},
                                    "answered 550");
        auto const page = host.get("/host/mail");
        CHECK(page.has("Its address is forgotten"));
        CHECK_FALSE(page.has("/host/mail/" + gone + "/retry"));
        auto const refused = host.post("/host/mail/" + gone + "/retry");
        CHECK(refused.status == 409);
        CHECK(refused.has("can’t be tried again"));
        CHECK(host.post("/host/mail/" + gone + "/forget").status == 303);
        CHECK_FALSE(host.get("/host/mail").has(gone));
    }
}

TEST_CASE("a mail to nobody costs what any costs, goes nowhere, and bothers no host") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        TestSite site(slices(), hooks(), fresh.url);
        auto& house = site.site();
        auto const queue = [&](std::string const& to) {
            site.database().write_now([&](database::Write& write) {
                queue_mail(write, house, {to, "Your link", "…", "sign_in_link"});
            });
        };
        auto const waiting_rows = [&] {
            return site.database().read([](database::Read& read) {
                return database::number(read, waiting) + database::number(read, jobs);
            });
        };
        auto const before = waiting_rows();
        queue("anna@example.org");
        auto const of_a_mail = waiting_rows() - before;
        queue("");
        CHECK(waiting_rows() == before + 2 * of_a_mail);
        auto host = site.browser();
        host.headers["x-host"] = "en";
        CHECK(host.get_json("/host/mail").json().at("mails").as_array().size() == 1);
        // No mail server is set: what goes to somebody waits, what goes to nobody is done.
        send_queued_mail(house, "1");
        send_queued_mail(house, "2");
        site.database().read(
            [](database::Read& read) { CHECK(database::number(read, waiting) == 1); });
    }
}
