// A mail's way when the server doesn't take it: later and later again, then to the host.
#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "notify/mail_store.hpp"
#include "notify/notify_slice.hpp"
#include "notify/outbox.hpp"
#include "postgres.hpp"
#include "resources/members.hpp"
#include "smtp_sink.hpp"
#include "test_site.hpp"

using namespace kith;
using namespace kith::notify;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

/// The members' table alone: mail goes to its members, and erasure looks there.
web::Slice members_table() {
    return {
        .name = "members",
        .resources = members_resources(),
        .routes = {},
        .pages = {},
        .export_for = web::ExportFor([](auto&&...) {}),
        .erase_for = web::EraseFor([](auto&&...) {}),
        .probes = std::vector<web::Probe>{},
    };
}

/// Whoever asks is the host.
web::SiteHooks hooks() {
    web::SiteHooks hooks;
    hooks.recognise = [](web::Site&, database::Read&, web::HttpRequest const&, Time now) {
        web::Visitor visitor;
        visitor.viewer = {Id<Member>{1}, Role::host};
        visitor.authenticated_at = now;
        return visitor;
    };
    hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
    hooks.furnish = [](web::Call&, web::Shell&) {};
    return hooks;
}

/// A community whose mail goes to a sink, with one mail to Anna on its way.
class Post {
public:
    explicit Post(std::string const& database_url, bool forget_address = false)
        : site({members_table(), notify_slice()}, hooks(), database_url) {
        site.site().settings.mail.url = sink.url();
        site.database().write_now([&](database::Write& write) {
            queue_mail(write, site.site(),
                       {"anna@example.org", "You have an update", "Words for Anna.\n", "update",
                        forget_address});
        });
    }

    void run_due() { site.house().run_due_jobs(); }
    void after(std::chrono::seconds time) {
        site.clock.move(time);
        run_due();
    }
    /// What the host's page says of the mail; nothing once it isn't there any more.
    std::optional<boost::json::object> line() {
        auto const page = host.get_json("/host/mail").json();
        auto const& mails = page.at("mails").as_array();
        if (mails.empty()) return std::nullopt;
        return mails.at(0).as_object();
    }
    std::int64_t attempts() { return line().value().at("attempts").as_int64(); }
    bool dead() { return line().value().at("dead").as_bool(); }
    Reply act(std::string const& what) {
        auto const id = std::string(line().value().at("id").as_string());
        return host.post("/host/mail/" + id + "/" + what);
    }
    MailRow row(PublicId const& id) {
        return site.database()
            .read([&](database::Read& read) { return find_mail(read, Viewer::server(), id); })
            .value();
    }
    PublicId id() { return PublicId::parse(line().value().at("id").as_string()).value(); }

    SmtpSink sink;
    TestSite site;
    Browser host = site.browser();
};

}  // namespace

TEST_CASE(
    "a mail that is put off is tried again after ever longer pauses, then waits for the host") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Post post(fresh.url);
        post.sink.answer("RCPT", "451 4.7.1 later, anna@example.org");
        post.run_due();
        REQUIRE(post.attempts() == 1);
        auto pause = 1min;
        std::chrono::seconds whole = 0s;
        while (!post.dead()) {
            auto const tried = post.attempts();
            REQUIRE(tried < static_cast<std::int64_t>(limits::mail_attempts_max));
            CAPTURE(tried);
            post.after(pause - 1s);
            CHECK(post.attempts() == tried);
            post.after(1s);
            REQUIRE(post.attempts() == tried + 1);
            whole += pause;
            pause = pause < 256min ? 2 * pause : 360min;
        }
        CHECK(post.attempts() == static_cast<std::int64_t>(limits::mail_attempts_max));
        CHECK(whole > 48h);
        CHECK(whole < 96h);
        CHECK(post.line().value().at("last_error") == "answered 451");
        post.after(240h);
        CHECK(post.attempts() == static_cast<std::int64_t>(limits::mail_attempts_max));
        CHECK(post.sink.mails().empty());
    }
}

TEST_CASE("a pause ends early for nobody, and a mail that is taken at last arrives once") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Post post(fresh.url);
        post.sink.answer("DATA", "421 too busy");
        post.run_due();
        post.sink.answer("DATA", "");
        post.after(59s);
        CHECK(post.sink.mails().empty());
        post.after(1s);
        CHECK_FALSE(post.line().has_value());
        post.after(24h);
        auto const mails = post.sink.mails();
        REQUIRE(mails.size() == 1);
        CHECK(mails[0].source.find("Words for Anna.") != std::string::npos);
    }
}

TEST_CASE("a mail that is refused for good is at once the host's, who sends it again") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Post post(fresh.url);
        post.sink.answer("RCPT", "550 5.1.1 no such anna@example.org");
        post.run_due();
        REQUIRE(post.dead());
        CHECK(post.attempts() == 1);
        auto const page = post.host.get("/host/mail");
        CHECK(page.has("a…@example.org"));
        CHECK(page.has("gave the code 550"));
        for (auto const* hidden : {"anna@", "no such", "Words for Anna", "You have an update"})
            CHECK_FALSE_MESSAGE(page.has(hidden), hidden);

        CHECK(post.act("retry").status == 303);
        CHECK_FALSE(post.dead());
        CHECK(post.act("retry").status == 404);
        CHECK(post.act("forget").status == 404);
        post.run_due();
        CHECK(post.dead());
        post.sink.answer("RCPT", "");
        auto const id = post.id();
        CHECK(post.act("retry").status == 303);
        post.run_due();
        CHECK_FALSE(post.line().has_value());
        auto const mails = post.sink.mails();
        REQUIRE(mails.size() == 1);
        CHECK(mails[0].to == std::vector<std::string>{"TO:<anna@example.org>"});
        CHECK(mails[0].source.find("Words for Anna.") != std::string::npos);
        CHECK(post.row(id).body.empty());
    }
}

TEST_CASE("the host gives a mail up: its words and its address are gone") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Post post(fresh.url);
        post.sink.answer("RCPT", "550 no");
        post.run_due();
        auto const id = post.id();
        CHECK(post.act("forget").status == 303);
        CHECK_FALSE(post.line().has_value());
        auto const row = post.row(id);
        CHECK(row.recipient.empty());
        CHECK(row.subject.empty());
        CHECK(row.body.empty());
        post.sink.answer("RCPT", "");
        post.after(240h);
        CHECK(post.sink.mails().empty());
    }
}

TEST_CASE("an address that isn't kept is gone with the last try, and can't be tried again") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Post post(fresh.url, true);
        post.sink.answer("RCPT", "550 no");
        post.run_due();
        REQUIRE(post.dead());
        CHECK(post.line().value().at("recipient") == "");
        CHECK_FALSE(post.line().value().at("may_retry").as_bool());
        auto const row = post.row(post.id());
        CHECK(row.recipient.empty());
        CHECK(row.body.empty());
        CHECK(post.act("retry").status == 409);
        CHECK(post.act("forget").status == 303);
        CHECK_FALSE(post.line().has_value());
    }
}

TEST_CASE("without a mail server mail waits, and no try counts") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Post post(fresh.url);
        post.site.site().settings.mail.url = "";
        post.run_due();
        for (int i = 0; i < 100; ++i) post.after(5min);
        CHECK(post.attempts() == 0);
        CHECK_FALSE(post.dead());
        CHECK(post.host.get_json("/host/mail").json().at("server_set") == false);
        post.site.site().settings.mail.url = post.sink.url();
        post.after(5min);
        CHECK(post.sink.wait_for(1).size() == 1);
    }
}
