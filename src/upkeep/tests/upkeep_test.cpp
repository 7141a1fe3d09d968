#include <doctest/doctest.h>

#include <fstream>

#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "host_site.hpp"
#include "upkeep/storage_page.hpp"
#include "web/audit.hpp"

namespace kith::upkeep {
namespace {

TEST_CASE("the pages of upkeep are the host's; to others nothing is there") {
    HostSite house;
    for (auto const* path : {"/host/jobs", "/host/storage", "/host/health"}) {
        CAPTURE(path);
        CHECK(house.as("host").get(path).status == 200);
        CHECK(house.as("host").get_json(path).status == 200);
        CHECK(house.as("steward").get(path).body == house.as("steward").get("/none").body);
        CHECK(house.as("member").get_json(path).status == 404);
        CHECK(house.site.browser().get(path).status == 303);
        CHECK(house.site.browser().get_json(path).status == 401);
        CHECK(house.as("host").get("/host").has(path));
        CHECK_FALSE(house.as("steward").get("/host").has(path));
    }
    for (auto const* act : {"/host/jobs/x/again", "/host/jobs/x/forget"}) {
        CHECK(house.as("steward").post(act).status == 404);
        CHECK(house.as("host").post(act).status == 404);
    }
    CHECK(house.as("steward").post("/host/health/look").status == 404);
    CHECK(house.site.browser().post_json("/host/health/look", boost::json::object{}).status == 401);
}

TEST_CASE("jobs are told by kind, and what failed too often can be run again or forgotten") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        HostSite house(fresh.url);
        auto host = house.as("host");
        CHECK(host.get("/host/jobs").has("Nothing has failed for good"));
        house.fail("unheard_of");
        house.enqueue("send_mail", house.site.clock.now() + std::chrono::hours(1));
        house.enqueue("send_mail", house.site.clock.now() + std::chrono::hours(2));
        auto const page = host.get_json("/host/jobs").json();
        auto const& failed = page.at("failed").at(0);
        CHECK(failed.at("what") == "unheard_of");
        CHECK(failed.at("attempts") == limits::job_tries_max);
        CHECK(failed.at("last_error") == "it can't be done");
        bool mail_waits = false;
        for (auto const& kind : page.at("kinds").as_array())
            mail_waits = mail_waits || (kind.at("what") == "Send a mail" &&
                                        kind.at("waiting") == 2 && kind.at("running") == 0);
        CHECK(mail_waits);
        std::string const again(failed.at("again_url").as_string());
        CHECK(host.post(again).status == 303);
        CHECK(host.post(again).status == 404);
        CHECK(host.get("/host/jobs").has("Nothing has failed for good"));
        house.fail("other");
        auto const others = host.get_json("/host/jobs").json();
        std::string const forget(others.at("failed").at(0).at("forget_url").as_string());
        CHECK(house.as("member").post(forget).status == 404);
        CHECK(host.post_json(forget, boost::json::object{}).status == 200);
        CHECK(host.post(forget).status == 404);
    }
}

TEST_CASE("a job that is being done is told apart from those that wait") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        HostSite house(fresh.url);
        auto& database = house.site.database();
        database::JobRunner runner(database, house.site.clock, [](std::string const&) {});
        std::vector<database::JobKindState> seen;
        runner.handle("slow", [&](std::string const&) {
            seen = database.read([&](database::Read& read) {
                return database::job_kinds(read, house.site.clock.now());
            });
            throw std::runtime_error("not this time");
        });
        house.enqueue("slow", house.site.clock.now());
        runner.run_due_now();
        REQUIRE(seen.size() == 1);
        CHECK(seen[0].running == 1);
        CHECK(seen[0].waiting == 0);
        auto const after = database.read([&](database::Read& read) {
            return database::job_kinds(read, house.site.clock.now());
        });
        CHECK(after[0].running == 0);
        CHECK(after[0].waiting == 1);
        CHECK(after[0].next_at > house.site.clock.now());
    }
}

TEST_CASE("storage tells sizes, and in words when there is no backup or an old one") {
    HostSite house;
    auto host = house.as("host");
    CHECK(host.get("/host/storage").has("has never been backed up"));
    std::filesystem::create_directories(house.site.directory.path / "files" / "ab");
    std::ofstream(house.site.directory.path / "files" / "ab" / "one.jpg")
        << std::string(2'500'000, 'x');
    house.site.database().write_now([&](database::Write& write) {
        web::note_audit(write, house.site.clock.now(), backup_made, "server", "");
    });
    auto const json = host.get_json("/host/storage").json();
    std::map<std::string, std::int64_t> sizes;
    for (auto const& line : json.at("sizes").as_array())
        sizes[std::string(line.at("what").as_string())] = line.at("bytes").as_int64();
    CHECK(sizes.at("Pictures and other files") == 2'500'000);
    CHECK(sizes.at("Database") > 10'000);
    auto const page = host.get("/host/storage");
    CHECK(page.has("2 MB"));
    CHECK_FALSE(page.has("has never been backed up"));
    house.site.clock.move(limits::backup_age_max + std::chrono::hours(1));
    CHECK(host.get("/host/storage").has("more than a week old"));
}

TEST_CASE("a community on PostgreSQL is told where its backups are made") {
    HostSite house(tests::new_postgres_database().url);
    auto const page = house.as("host").get("/host/storage");
    CHECK(page.status == 200);
    CHECK(page.has("is on PostgreSQL"));
    CHECK_FALSE(page.has("never been backed up"));
}

TEST_CASE("a disk is tight below a tenth, and nearly full below a gigabyte") {
    CHECK(disk_state(50'000'000'000, 100'000'000'000) == DiskState::roomy);
    CHECK(disk_state(9'999'999'999, 100'000'000'000) == DiskState::tight);
    CHECK(disk_state(999'999'999, 2'000'000'000) == DiskState::nearly_full);
}

}  // namespace
}  // namespace kith::upkeep
