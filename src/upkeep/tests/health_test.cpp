#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/limits.hpp"
#include "host_site.hpp"
#include "notify/mail_store.hpp"
#include "pictures.hpp"
#include "smtp_sink.hpp"
#include "tls_door.hpp"
#include "upkeep/checks.hpp"
#include "upkeep/limits.hpp"
#include "upkeep/storage_page.hpp"
#include "web/audit.hpp"

namespace kith::upkeep {
namespace {

using namespace std::chrono_literals;
using tests::Reply;

/// What the page says of one place, as "verdict: sentence".
std::string line_of(Reply const& page, std::string_view about) {
    auto const json = page.json();
    for (auto const* part : {"broken", "fine"})
        for (auto const& line : json.at(part).as_array())
            if (line.at("about").as_string() == about)
                return std::string(line.at("verdict").as_string()) + ": " +
                       std::string(line.at("said").as_string());
    return {};
}

std::string line_of(HostSite& house, std::string_view about) {
    return line_of(house.as("host").get_json("/host/health"), about);
}

void note_backup(HostSite& house, Time at) {
    house.site.database().write_now(
        [&](database::Write& write) { web::note_audit(write, at, backup_made, "server", ""); });
}

Id<notify::Mailing> queue_mail(HostSite& house, std::string to) {
    return house.site.database().write_now([&](database::Write& write) {
        return notify::add_mail(write, PublicId::make(house.site.random),
                                {std::move(to), "A link", "Words.", "sign_in_link"},
                                house.site.clock.now());
    });
}

TEST_CASE("health tells of backups: none, a new one, an old one") {
    HostSite house;
    CHECK(line_of(house, "Backups") == "warn: This community has never been backed up.");
    note_backup(house, house.site.clock.now());
    CHECK(line_of(house, "Backups") == "ok: The last one was made within a day.");
    house.site.clock.move(24h);
    CHECK(line_of(house, "Backups") == "ok: The last one is a day old.");
    house.site.clock.move(8 * 24h);
    CHECK(line_of(house, "Backups") == "warn: The last one is 9 days old.");
    HostSite on_postgres(tests::new_postgres_database().url);
    CHECK(line_of(on_postgres, "Backups").starts_with("warn: “kith backup” was never run here."));
}

TEST_CASE("health tells of a clock that goes behind what the record has seen") {
    HostSite house;
    CHECK(line_of(house, "Clock") == "ok: It goes as it should.");
    note_backup(house, house.site.clock.now() + 1h);
    CHECK(line_of(house, "Clock") ==
          "fail: It is 3,600 seconds behind the newest entry of the community’s own record.");
    house.site.clock.move(1h - limits::clock_behind_max);
    CHECK(line_of(house, "Clock").starts_with("ok"));
}

TEST_CASE("health tells of a clock that is apart from the database's own") {
    HostSite house(tests::new_postgres_database().url);
    // A test's clock stands in another year than the database's.
    CHECK(line_of(house, "Clock").starts_with("warn: It is "));
    // On a busy machine a look may take longer than the clocks may be apart: then again.
    auto const set = [&] {
        house.site.clock.move(SystemClock().now() - house.site.clock.now());
        auto const said = line_of(house, "Clock");
        bool const in_time = SystemClock().now() - house.site.clock.now() < limits::clock_apart_max;
        return std::pair(said, in_time);
    };
    auto said = set();
    for (int tries = 0; !said.second && tries < 100; ++tries) said = set();
    REQUIRE(said.second);
    CHECK(said.first == "ok: It goes as it should.");
}

TEST_CASE("a clock that jumps while one looks is told, and one that goes on isn't") {
    auto const steady = std::chrono::steady_clock::now();
    auto const wall = SystemClock().now();
    CHECK(check_clock_steady({wall, steady}, {wall + 10s, steady + 10s}).verdict == Verdict::ok);
    CHECK(check_clock_steady({wall, steady}, {wall - 1h, steady + 10s}).count == 3610);
    CHECK(check_clock_steady({wall, steady}, {wall + 1h, steady}).word == "clock_jumped");
    CHECK(check_clock_steady({wall, steady}, {wall, steady - 1ns}).verdict == Verdict::fail);
}

TEST_CASE("health tells of mail: no server, no sender, too old, given up") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        HostSite house(fresh.url);
        constexpr auto mail = "Mail on its way";
        auto& settings = house.site.site().settings.mail;
        CHECK(line_of(house, mail) == "warn: No mail server is set. No mail waits yet.");
        auto const id = queue_mail(house, "anna@example.org");
        queue_mail(house, "");
        CHECK(line_of(house, mail) == "warn: No mail server is set. One mail waits.");
        settings.url = "smtp://127.0.0.1:1";
        CHECK(line_of(house, mail).starts_with("warn: No sender’s address is set"));
        settings.from_address = "post@kith.example";
        CHECK(line_of(house, mail) == "ok: One mail is on its way.");
        house.site.clock.move(2h);
        CHECK(line_of(house, mail) == "warn: Mail has waited for more than an hour: one mail.");
        house.site.database().write_now([&](database::Write& write) {
            auto const row = notify::mail_by_id(write, Viewer::server(), id);
            notify::settle_mail(write, *row, notify::MailState::dead, "550",
                                house.site.clock.now());
        });
        CHECK(line_of(house, mail) == "warn: One mail was given up.");
    }
}

TEST_CASE("health tells of jobs that failed too often") {
    HostSite house;
    constexpr auto jobs = "What the server does by itself";
    CHECK(line_of(house, jobs) == "ok: Nothing has failed for good.");
    house.fail("unheard_of");
    CHECK(line_of(house, jobs) == "warn: One thing has failed too often.");
}

TEST_CASE("health tells of help lines that nobody checked, and of a country without any") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        HostSite house(fresh.url);
        constexpr auto lines = "Help lines";
        CHECK(line_of(house, lines).ends_with("not checked for half a year."));
        house.run("update help_lines set checked_at = 1773000000000000");
        CHECK(line_of(house, lines) == "ok: All of your country were checked within half a year.");
        house.site.clock.move(kith::limits::help_line_age_max + 1h);
        CHECK(line_of(house, lines).starts_with("warn"));
        house.run("delete from help_lines");
        CHECK(line_of(house, lines) == "warn: Your country has no help line here.");
    }
}

TEST_CASE("health tells of an index of the search that lacks somebody") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        HostSite house(fresh.url);
        CHECK(line_of(house, "Search").starts_with("ok"));
        house.run(R"(
            insert into members (public_id, name, pronouns, about, role, state, language, zone,
                theme, plain_letters, discreet, listed, joined_at, agreement_version,
                writes_essays)
            values ('AAAAAAAAAAAAAAAAAAAAAA', 'Ada', '', '', 'member', 'active', 'en', 'UTC',
                'auto', 0, 0, 1, 1, 1, 0))");
        CHECK(line_of(house, "Search").starts_with("warn: One person is missing"));
        house.run("update members set listed = 0");
        CHECK(line_of(house, "Search").starts_with("ok"));
    }
}

TEST_CASE("a secret that others can read, that is damaged or gone, is told") {
    HostSite house;
    auto const& data = house.site.directory.path;
    auto const file = data / "secret.key";
    CHECK(check_secret(data).verdict == Verdict::ok);
    CHECK(line_of(house, "The server’s secret").starts_with("ok"));
    ::chmod(file.c_str(), 0640);
    CHECK(check_secret(data).word == "secret_open");
    CHECK(line_of(house, "The server’s secret").starts_with("warn: Others on this computer"));
    std::ofstream(file) << "short";
    CHECK(check_secret(data).word == "secret_damaged");
    std::filesystem::remove(file);
    CHECK(check_secret(data).word == "secret_missing");
    CHECK(check_disks(data, data / "files").about == "disk");
    CHECK(check_disks(data / "none", data).word == "disk_unknown");
    // A file system that has no room, as that of the pictures may be.
    CHECK(check_disks(data, "/proc").word == "disk_nearly_full");
    CHECK(check_disks("/proc", data).word == "disk_nearly_full");
}

TEST_CASE("whether a tiny picture can be made anew is told, and why not") {
    HostSite house;
    auto const look = [&] {
        return check_pictures(web::PictureWorker::of(house.site.site().settings.picture_worker));
    };
    tests::use_ready_worker(house.site);
    CHECK(look() == Finding{"pictures", Verdict::ok, "pictures_fine"});
    tests::use_worker_without_library(house.site);
    CHECK(look() ==
          Finding{"pictures", Verdict::fail, "pictures_unavailable", "libvips.so.42 is missing"});
    house.site.site().settings.picture_worker = "/bin/false";
    CHECK(look() == Finding{"pictures", Verdict::fail, "pictures_broken"});
    house.site.site().settings.picture_worker = "/nowhere/kith";
    CHECK(look().word == "pictures_unavailable");
    CHECK(look().what.find("No such file") != std::string::npos);
}

TEST_CASE("what a mail server says at its door is told, and no mail is sent") {
    tests::SmtpSink sink;
    web::MailSettings mail;
    mail.url = sink.url();
    mail.from_address = "post@kith.example";
    CHECK(check_mail_server(mail).word == "mail_server_fine");
    sink.answer("", "554 not you");
    auto const refused = check_mail_server(mail);
    CHECK(refused.word == "mail_server_closed");
    CHECK(refused.verdict == Verdict::fail);
    mail.url = "smtp://127.0.0.1:1";
    CHECK(check_mail_server(mail).what.starts_with("unreachable"));
    CHECK(check_mail_server({}).word == "mail_server_none");
    CHECK(sink.mails().empty());
}

TEST_CASE("a certificate is told apart: good, ending, ended, not trusted, not there") {
    tests::TlsDoor door(30);
    auto const url = "https://localhost:" + std::to_string(door.port());
    auto const now = SystemClock().now();
    auto const trusted = door.certificate().string();
    auto const good = check_certificate(url, now, trusted);
    CHECK(good.word == "certificate_fine");
    CHECK(good.count == 29);
    CHECK(check_certificate(url, now + 20 * 24h, trusted).word == "certificate_ends");
    CHECK(check_certificate(url, now + 31 * 24h, trusted).word == "certificate_ended");
    CHECK(check_certificate(url, now).word == "certificate_untrusted");
    auto const by_number = "https://127.0.0.2:" + std::to_string(door.port());
    CHECK(check_certificate(by_number, now, trusted).word == "certificate_unreachable");
    CHECK(check_certificate("http://127.0.0.1", now).word == "certificate_none");
}

TEST_CASE("what takes long is looked at by a job, by itself and when a host asks") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        HostSite house(fresh.url);
        auto host = house.as("host");
        tests::SmtpSink sink;
        house.site.site().settings.mail.url = sink.url();
        CHECK(host.get("/host/health").has("has not looked"));
        CHECK(host.post("/host/health/look").status == 303);
        house.site.house().run_due_jobs();
        auto const page = host.get_json("/host/health");
        CHECK(line_of(page, "Mail server").starts_with("ok: It answers"));
        CHECK(line_of(page, "Certificate").starts_with("ok: The community answers on this"));
        CHECK(host.get("/host/health").has("Kith last looked"));
        sink.answer("", "421 later");
        CHECK(host.post_json("/host/health/look", boost::json::object{}).status == 200);
        house.site.house().run_due_jobs();
        auto const again = host.get("/host/health");
        CHECK(again.has("It doesn’t take us: answered 421"));
        CHECK(again.has("Check smtp_url"));
    }
}

TEST_CASE("a host may ask for a look a few times, then later") {
    HostSite house;
    auto host = house.as("host");
    for (unsigned i = 0; i < limits::looks_max; ++i)
        CHECK(host.post("/host/health/look").status == 303);
    CHECK(host.post("/host/health/look").status == 429);
}

TEST_CASE("findings are kept for the host alone, and replace those before") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        HostSite house(fresh.url);
        auto& database = house.site.database();
        Finding const first{"mail_server", Verdict::fail, "mail_server_closed", "answered 421", 3};
        auto const now = house.site.clock.now();
        Finding const before{"certificate", Verdict::ok, "certificate_none"};
        for (auto const& found : {before, first})
            database.write_now([&](database::Write& write) { keep_findings(write, {found}, now); });
        auto const kept = database.read(
            [](database::Read& read) { return kept_findings(read, Viewer::server()); });
        REQUIRE(kept.size() == 1);
        CHECK(kept[0].finding == first);
        CHECK(kept[0].at == now);
        Viewer const steward{Id<Member>{7}, Role::steward};
        CHECK_THROWS_AS(
            database.read([&](database::Read& read) { return kept_findings(read, steward); }),
            Refusal);
    }
}

}  // namespace
}  // namespace kith::upkeep
