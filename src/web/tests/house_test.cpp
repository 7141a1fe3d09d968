#include "web/house.hpp"

#include <doctest/doctest.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <cmath>
#include <future>

#include "base/refusal.hpp"
#include "database/jobs.hpp"
#include "postgres.hpp"
#include "web/answer.hpp"
#include "web/respond.hpp"

using namespace kith;
using namespace kith::web;
using namespace std::chrono_literals;

namespace {

struct Parts {
    SystemClock clock;
    SystemRandom random;
    kith::tests::TestDirectory directory;

    HousePlan plan(std::string const& database_url) {
        SiteSettings settings;
        settings.data_directory = directory.path;
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

Slice toy(std::span<Resource const> files, std::vector<Route> routes = {}) {
    return {.name = "toy",
            .resources = files,
            .routes = std::move(routes),
            .pages = {},
            .export_for = ExportFor([](auto&&...) {}),
            .erase_for = EraseFor([](auto&&...) {}),
            .probes = std::vector<Probe>{}};
}

Answer say_ok(Call&) { return raw("text/plain", "ok"); }
Answer say_metrics(Call& call) { return raw("text/plain", call.site.metrics.text()); }

/// Has the pool do a piece of work, and waits for it; false when it takes none.
bool does_one(BlockingPool& pool) {
    auto const done = std::make_shared<std::promise<void>>();
    if (!pool.try_post([done] { done->set_value(); })) return false;
    done->get_future().wait();
    return true;
}

/// A house with its door open, and whoever comes in is a stranger.
struct Open {
    explicit Open(std::vector<Route> routes, SiteHooks const& hooks = strangers())
        : house(plan(std::move(routes), hooks)), answering(house.site(), house.router(), 2) {}

    static SiteHooks strangers() {
        SiteHooks hooks;
        hooks.recognise = [](auto&&...) { return Visitor{}; };
        hooks.seen = [](auto&&...) {};
        hooks.furnish = [](auto&&...) {};
        return hooks;
    }

    HousePlan plan(std::vector<Route> routes, SiteHooks const& hooks) {
        auto plan = parts.plan("sqlite://" + (parts.directory.path / "kith.db").string());
        plan.slices.push_back(toy({}, std::move(routes)));
        plan.hooks = hooks;
        return plan;
    }

    HttpResponse ask(std::string target, Headers headers = {}) {
        HttpRequest request;
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.peer = "127.0.0.1";
        std::promise<HttpResponse> told;
        auto answer = told.get_future();
        answering(std::move(request),
                  [&](HttpResponse response) { told.set_value(std::move(response)); });
        return answer.get();
    }

    Parts parts;
    House house;
    Answering answering;
};

}  // namespace

TEST_CASE("what is answered at once asks neither the database nor who it is") {
    auto hooks = Open::strangers();
    hooks.recognise = [](auto&&...) -> Visitor { throw std::runtime_error("no database"); };
    Open open({at_once(get_raw("/alive", Access::anyone, say_ok)),
               get_raw("/asks", Access::anyone, say_ok)},
              hooks);
    CHECK(open.ask("/alive").status == 200);
    CHECK(*open.ask("/alive?x=%").body == "ok");
    CHECK(open.ask("/asks").status == 500);
}

TEST_CASE("metrics tell what waits, and only to who asks from here itself") {
    Open open({get_raw("/metrics", Access::loopback, say_metrics),
               kept(get_raw("/kept", Access::anyone, say_ok))});
    auto& site = open.house.site();
    auto const stream = site.live.subscribe(Viewer::stranger(), {"news"});
    site.database.write_now(
        [&](database::Write& write) { database::enqueue(write, "mail", "", site.now() + 1h); });
    open.ask("/static/none.css");
    for (int i = 0; i < 3; ++i) open.ask("/kept");
    auto const text = *open.ask("/metrics").body;
    for (auto const* line :
         {"kith_event_streams_open 1\n", "kith_jobs_waiting 1\n", "kith_jobs_dead 0\n",
          "kith_deeds_waiting 0\n", "kith_answers_at_once_total{from=\"kept\"} 2\n",
          "kith_answers_at_once_total{from=\"static\"} 1\n"})
        CHECK_MESSAGE(text.find(line) != std::string::npos, line << " isn't in " << text);
    CHECK(open.ask("/metrics", {{"x-forwarded-for", "203.0.113.7"}}).status == 404);
    CHECK(open.ask("/metrics", {{"Forwarded", "for=203.0.113.7"}}).status == 404);
}

TEST_CASE("metrics leave out what can't be read just now, and tell the rest") {
    Metrics metrics;
    using enum Metrics::Kind;
    metrics.watch(gauge, "kith_broken", "", []() -> double { throw std::runtime_error("gone"); });
    metrics.watch(gauge, "kith_unknown", "", [] { return std::nan(""); });
    metrics.watch(total, "kith_known_total", "Known", [] { return 3; });
    auto const text = metrics.text();
    CHECK(text.find("kith_broken") == std::string::npos);
    CHECK(text.find("kith_unknown") == std::string::npos);
    CHECK(text.find("kith_known_total 3\n") != std::string::npos);
}

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
        auto& pool = site.file_pool;
        REQUIRE(pool.try_post([&] {
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
        std::thread ending([&house] { house.reset(); });
        // The house is ending from the moment its pool takes nothing more.
        while (does_one(pool)) std::this_thread::yield();
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
            plan.slices.push_back(toy(files));
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
