#include <CLI/CLI.hpp>
#include <sstream>

#include "notice_site.hpp"
#include "notify/bounces.hpp"
#include "notify/delivery.hpp"
#include "notify/mail_jobs.hpp"
#include "smtp_sink.hpp"
#include "web/command.hpp"

using namespace kith;
using namespace kith::notify;
using namespace kith::notify::testing;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

/// `kith` with the commands of mail alone.
class Line final : public web::CommandHouse {
public:
    Line(NoticeSite& site, bool json) : site_(site), json_(json) {}
    web::House& house() override { return site_.test.house(); }
    bool wants_json() const override { return json_; }
    std::istream& in() override { return in_; }
    std::ostream& out() override { return out_; }

    std::string run(std::vector<std::string> words) {
        CLI::App root("Kith", "kith");
        for (auto const& declare : mail_commands()) declare(root, *this);
        out_.str({});
        std::reverse(words.begin(), words.end());
        root.parse(std::move(words));
        return out_.str();
    }

private:
    NoticeSite& site_;
    bool json_;
    std::istringstream in_;
    std::ostringstream out_;
};

/// The path of the unsubscribe link in a mail that waits.
std::string unsubscribe_path(MailRow const& mail) {
    return mail.unsubscribe_url.substr(std::string_view("http://127.0.0.1").size());
}

/// Tells Maya of something new and hands over what waits.
void tell_and_send(NoticeSite& site, std::string const& about) {
    site.tell(called, site.joel, site.maya, about);
    deliver_notices(site.site());
    site.test.house().run_due_jobs();
}

std::size_t refusal_notices(NoticeSite& site) {
    std::size_t count = 0;
    for (auto const& sentence : site.sentences(site.maya))
        count += sentence.starts_with("Mail to your address comes back") ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("one click ends the mail, without signing in and without cookies") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.tell(called, site.joel, site.maya, "a");
        deliver_notices(site.site());
        REQUIRE(site.mails().size() == 1);
        auto const path = unsubscribe_path(site.mails().front());
        CHECK(site.mails().front().body.find(path) != std::string::npos);
        auto stranger = site.test.browser();
        auto const page = stranger.get(path);
        CHECK(page.status == 200);
        CHECK(page.has("Send me no more"));
        for (auto const* word : {"Maya", "maya@", "Joel"}) CHECK_FALSE(page.has(word));
        // Looking ends nothing.
        site.tell(called, site.joel, site.maya, "b");
        deliver_notices(site.site());
        CHECK(site.mails().size() == 2);
        // As a mail program posts: no cookie, no word of a browser; RFC 8058, 3.2.
        stranger.headers["sec-fetch-site"] = "";
        auto const reply = stranger.send(http::verb::post, path, "List-Unsubscribe=One-Click",
                                         "application/x-www-form-urlencoded");
        CHECK(reply.status == 200);
        CHECK(reply.has("No more updates are mailed to you"));
        CHECK(stranger.post(path).status == 200);
        site.tell(called, site.joel, site.maya, "c");
        deliver_notices(site.site());
        CHECK(site.mails().size() == 2);
        CHECK(site.sentences(site.maya).size() == 3);
        CHECK_FALSE(site.as(site.maya).get_json("/settings/notices").json().at("mail").as_bool());
    }
}

TEST_CASE("an unsubscribe link that isn't one is not found, as any other") {
    NoticeSite site;
    auto const path = "/unsubscribe/" + std::string(43, 'A');
    CHECK(site.test.browser().get(path).status == 404);
    CHECK(site.test.browser().post(path).status == 404);
    CHECK(site.test.browser().get_json(path).status == 404);
}

TEST_CASE("the mail names its one-click link in the headers of RFC 8058") {
    NoticeSite site;
    SmtpSink sink;
    site.site().settings.mail.url = sink.url();
    site.site().settings.mail.from_address = "post@kith.example";
    tell_and_send(site, "a");
    auto const mails = sink.wait_for(1);
    CHECK(mails[0].source.find("List-Unsubscribe: <http://127.0.0.1/unsubscribe/") !=
          std::string::npos);
    CHECK(mails[0].source.find("List-Unsubscribe-Post: List-Unsubscribe=One-Click") !=
          std::string::npos);
    site.test.house().run_due_jobs();
    CHECK(sink.mails().size() == 1);
}

TEST_CASE("an address that refuses three mails in a row gets no more until it is confirmed anew") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        SmtpSink sink;
        site.site().settings.mail.url = sink.url();
        site.site().settings.mail.from_address = "post@kith.example";
        site.test.clock.move(14h);  // out of quiet hours for a while
        sink.answer("RCPT", "550 no such person");
        tell_and_send(site, "1");
        tell_and_send(site, "2");
        sink.answer("RCPT", "");
        tell_and_send(site, "3");  // taken: the two before aren't in a row with what follows
        sink.answer("RCPT", "550 no such person");
        tell_and_send(site, "4");
        tell_and_send(site, "5");
        CHECK(refusal_notices(site) == 0);
        tell_and_send(site, "6");
        CHECK(refusal_notices(site) == 1);
        CHECK(site.as(site.maya).get("/notices").has("Confirm your address"));
        sink.answer("RCPT", "");
        tell_and_send(site, "7");
        CHECK(sink.mails().size() == 1);
        CHECK(site.sentences(site.maya).size() == 8);

        site.test.clock.move(1h);
        site.write([&](database::Write& write) {
            database::execute(write, confirm_again, database::bind("now", site.test.clock.now()),
                              database::bind("member", site.maya.id));
        });
        CHECK_FALSE(site.as(site.maya).get("/notices").has("Confirm your address"));
        tell_and_send(site, "8");
        CHECK(sink.mails().size() == 2);
        // It begins to count from the start.
        sink.answer("RCPT", "550 no such person");
        tell_and_send(site, "9");
        tell_and_send(site, "10");
        CHECK_FALSE(site.as(site.maya).get("/notices").has("Confirm your address"));
    }
}

TEST_CASE("what the server can't take now says nothing about the address") {
    NoticeSite site;
    SmtpSink sink;
    site.site().settings.mail.url = sink.url();
    site.site().settings.mail.from_address = "post@kith.example";
    sink.answer("RCPT", "451 later");
    for (auto const* about : {"1", "2", "3", "4"}) tell_and_send(site, about);
    CHECK(refusal_notices(site) == 0);
}

TEST_CASE("a mail that came back to the host counts at once") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.test.clock.move(1min);
        auto const bounced = [&](std::string const& address) {
            return site.write(
                [&](database::Write& write) { return note_bounced(write, site.site(), address); });
        };
        CHECK_FALSE(bounced("nobody@example.org"));
        CHECK(bounced("Maya@Example.org"));
        CHECK(bounced("maya@example.org"));
        CHECK(refusal_notices(site) == 1);
        site.tell(called, site.joel, site.maya);
        deliver_notices(site.site());
        CHECK(site.mails().empty());
        site.write([&](database::Write& write) { erase_address_of(write, site.maya.id); });
        CHECK_FALSE(site.test.database().read([](database::Read& read) {
            return address_refuses(read, Viewer::server(), "maya@example.org");
        }));
    }
}

TEST_CASE("a host who reads the mailbox of bounces says so by a command") {
    NoticeSite site;
    site.test.clock.move(1min);
    CHECK(Line(site, false).run({"mail", "bounced", "maya@example.org"}) == "Done.\n");
    CHECK(Line(site, true).run({"mail", "bounced", "Maya@example.org"}) ==
          "{\"address\":\"maya@example.org\",\"refuses\":true}\n");
    CHECK(refusal_notices(site) == 1);
    CHECK_THROWS_AS(Line(site, false).run({"mail", "bounced", "who@example.org"}),
                    web::CommandRefused);
    CHECK_THROWS_AS(Line(site, false).run({"mail", "bounced"}), CLI::ParseError);
}
