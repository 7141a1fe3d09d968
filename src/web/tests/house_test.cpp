#include "web/house.hpp"

#include <doctest/doctest.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <future>

#include "base/refusal.hpp"
#include "postgres.hpp"

using namespace kith;
using namespace kith::web;

namespace {

struct Parts {
    SystemClock clock;
    SystemRandom random;
    kith::tests::TemporaryDirectory directory;

    HousePlan plan(std::string const& database_url) {
        SiteSettings settings;
        settings.data_directory = directory.path();
        return {.settings = settings,
                .database_url = database_url,
                .slices = {},
                .hooks = {},
                .frame = {},
                .static_files = {},
                .clock = clock,
                .random = random,
                .log = std::make_shared<spdlog::logger>(
                    "test", std::make_shared<spdlog::sinks::null_sink_mt>())};
    }
};

}  // namespace

TEST_CASE("slow work and deeds under way end before the house that they use") {
    for (auto const& fresh : kith::tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Parts parts;
        std::promise<void> go;
        auto const gone = go.get_future().share();
        std::string found;
        std::promise<void> told;
        auto house = std::make_unique<House>(parts.plan(fresh.url));
        auto& site = house->site();
        REQUIRE(site.file_pool.try_post([&] {
            gone.wait();
            site.database.write(
                [&](database::Write& write) {
                    write.after_commit([&] {
                        site.live.end_all();
                        found = site.settings.public_url + site.words.languages().front();
                    });
                },
                [&](std::exception_ptr failure) {
                    CHECK_FALSE(failure);
                    told.set_value();
                });
        }));
        std::thread ending([&] { house.reset(); });
        go.set_value();
        ending.join();
        CHECK(told.get_future().wait_for(std::chrono::seconds(0)) == std::future_status::ready);
        CHECK_FALSE(found.empty());
    }
}

TEST_CASE("a house that has stopped reads, and refuses deeds") {
    for (auto const& fresh : kith::tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Parts parts;
        House house(parts.plan(fresh.url));
        house.stop();
        house.site().database.check();
        CHECK_THROWS_AS(house.site().database.write_now([](database::Write&) {}), Refusal);
        CHECK_FALSE(house.site().password_pool.try_post([] {}));
        CHECK_FALSE(house.site().file_pool.try_post([] {}));
    }
}

TEST_CASE("an old database is brought up to date only where that is asked for") {
    for (auto const& fresh : kith::tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        static constexpr Resource first[] = {
            {"migrations/20990101_0100_first.sql", "create table first (id bigint);"}};
        static constexpr Resource both[] = {
            first[0], {"migrations/20990101_0200_second.sql", "create table second (id bigint);"}};
        auto const built = [&](std::span<Resource const> files, OldDatabase old_database) {
            Parts parts;
            auto plan = parts.plan(fresh.url);
            plan.slices.push_back({.name = "toy",
                                   .resources = files,
                                   .routes = {},
                                   .pages = {},
                                   .export_for = ExportFor([](auto&&...) {}),
                                   .erase_for = EraseFor([](auto&&...) {}),
                                   .probes = std::vector<Probe>{}});
            plan.old_database = old_database;
            House house(std::move(plan));
        };
        built(first, OldDatabase::refuse);  // empty: there is nothing to upgrade
        built(first, OldDatabase::refuse);
        CHECK_THROWS_WITH_AS(built(both, OldDatabase::refuse), doctest::Contains("kith upgrade"),
                             std::runtime_error);
        built(both, OldDatabase::upgrade);
        built(both, OldDatabase::refuse);
    }
}
