#include "web/house.hpp"

#include <sodium.h>
#include <spdlog/spdlog.h>

#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "database/migrator.hpp"
#include "resources/database.hpp"
#include "resources/web.hpp"
#include "web/secret_file.hpp"

namespace kith::web {
namespace {

std::vector<Route> routes_of(std::vector<Slice> const& slices) {
    std::vector<Route> all;
    for (auto const& slice : slices)
        all.insert(all.end(), slice.routes.begin(), slice.routes.end());
    return all;
}

Words words_of(HousePlan const& plan) {
    Words words;
    words.add_room(web_resources());
    for (auto const& [room, files] : plan.frame) words.add_room(files);
    for (auto const& slice : plan.slices) words.add_room(slice.resources);
    return words;
}

/// Logs faults and counts them, for /metrics.
database::OnFault fault_logger(std::shared_ptr<spdlog::logger> log,
                               std::atomic<std::uint64_t>& count) {
    return [log = std::move(log), &count](std::string const& fault) {
        ++count;
        log->error("fault {}", fault);
    };
}

void make_ready(database::Database& database, std::vector<database::Migration> known,
                OldDatabase old_database) {
    auto const pending = database::pending_migrations(database, known).size();
    bool const is_old = pending > 0 && pending < known.size();
    if (is_old && old_database == OldDatabase::refuse)
        throw std::runtime_error(
            "This database was made by an older Kith. Stop the server, make a backup with the "
            "program that it ran on, then run: kith upgrade");
    if (is_old && old_database == OldDatabase::upgrade_beside) {
        auto const apart = database::steps_apart(database, known);
        if (!apart.empty())
            throw std::runtime_error("The step \"" + apart.front() +
                                     "\" changes what an older Kith relies on. Stop all nodes, "
                                     "run kith upgrade, then start them");
    }
    database::migrate(database, std::move(known));
}

/// What the house knows of itself, for whoever looks at /metrics.
void watch(Metrics& metrics, database::Database& database, LiveHub const& live) {
    using enum Metrics::Kind;
    metrics.watch(gauge, "kith_event_streams_open", "Event streams that are open",
                  [&live] { return static_cast<double>(live.stream_count()); });
    metrics.watch(gauge, "kith_deeds_waiting", "Deeds that wait for a writer",
                  [&database] { return static_cast<double>(database.deeds_waiting()); });
    metrics.watch(gauge, "kith_deeds_waiting_max", "Above so many, deeds are refused",
                  [] { return static_cast<double>(limits::deeds_waiting_max); });
    metrics.watch(gauge, "kith_jobs_waiting", "Jobs that wait for their time", [&database] {
        return static_cast<double>(database.read(database::count_jobs).waiting);
    });
    metrics.watch(gauge, "kith_jobs_dead", "Jobs that failed too often", [&database] {
        return static_cast<double>(database.read(database::count_jobs).dead);
    });
}

void watch_faults(Metrics& metrics, std::atomic<std::uint64_t> const& of_database,
                  std::atomic<std::uint64_t> const& of_jobs) {
    using enum Metrics::Kind;
    metrics.watch(total, "kith_database_errors_total", "Errors of the database",
                  [&of_database] { return static_cast<double>(of_database.load()); });
    metrics.watch(total, "kith_job_errors_total", "Jobs that failed once, and are tried again",
                  [&of_jobs] { return static_cast<double>(of_jobs.load()); });
}

void watch_bus(Metrics& metrics, Nodes const& nodes) {
    if (nodes.alone()) return;
    metrics.watch(Metrics::Kind::gauge, "kith_bus_connected",
                  "Whether hints of other nodes come through the bus",
                  [&nodes] { return nodes.bus_is_there() ? 1.0 : 0.0; });
}

void add_notice_kinds(Site& site, Slice const& slice) {
    for (auto const& kind : slice.notices) {
        for (auto const& word : {std::string(kind.name), std::string(kind.name) + "_plain"})
            if (!site.words.has(word)) throw WordsFault("no sentence for the notice " + word);
        site.notice_kinds.push_back(kind);
    }
}

std::filesystem::path files_directory(HousePlan const& plan) {
    return plan.files_directory.empty() ? plan.settings.data_directory / "files"
                                        : plan.files_directory;
}

Seal seal_in(std::filesystem::path const& directory, Random& random) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium could not start");
    return Seal(read_or_make_secret(directory, random));
}

}  // namespace

std::vector<database::Migration> migrations_of(std::span<Slice const> slices) {
    auto all = database::migrations_of(database_resources());
    for (auto& migration : database::migrations_of(web_resources()))
        all.push_back(std::move(migration));
    for (auto const& slice : slices)
        for (auto& migration : database::migrations_of(slice.resources))
            all.push_back(std::move(migration));
    return all;
}

struct House::Parts {
    explicit Parts(HousePlan the_plan)
        : plan(std::move(the_plan)),
          seal(seal_in(plan.settings.data_directory, plan.random)),
          database({.url = plan.database_url,
                    .readers = plan.readers,
                    .on_fault = fault_logger(plan.log, database_faults)}),
          words(words_of(plan)),
          templates(words),
          rates(plan.clock),
          nodes(database, live, plan.clock, fault_logger(plan.log, database_faults)),
          files(files_directory(plan), plan.random),
          password_pool(limits::password_checks_at_once, limits::password_checks_waiting_max),
          file_pool(limits::file_works_at_once, limits::file_works_waiting_max),
          router(routes_of(plan.slices)),
          site{plan.log,  plan.settings, database,      plan.clock, plan.random,
               seal,      live,          templates,     words,      rates,
               metrics,   files,         password_pool, file_pool,  plan.static_files,
               plan.hooks},
          jobs(database, plan.clock, fault_logger(plan.log, job_faults)) {}

    HousePlan plan;
    std::atomic<std::uint64_t> database_faults = 0;
    std::atomic<std::uint64_t> job_faults = 0;
    Seal seal;
    database::Database database;
    Words words;
    Templates templates;
    LiveHub live;
    Rates rates;
    Metrics metrics;
    Nodes nodes;
    FileStore files;
    BlockingPool password_pool;
    BlockingPool file_pool;
    Router router;
    Site site;
    database::JobRunner jobs;
};

House::House(HousePlan plan) : parts_(std::make_unique<Parts>(std::move(plan))) {
    auto& parts = *parts_;
    parts.site.routes = &parts.router.routes();
    parts.site.nodes = &parts.nodes;
    parts.site.news = parts.plan.news;
    parts.site.files_directory = files_directory(parts.plan);
    for (auto const& slice : parts.plan.slices) {
        if (slice.today) parts.site.today.push_back(slice.today);
        for (auto const& kind : slice.unanswered) parts.site.unanswered.push_back(kind);
        for (auto const& kind : slice.search) parts.site.search.push_back(kind);
        add_notice_kinds(parts.site, slice);
        parts.site.exports.push_back(*slice.export_for);
        parts.site.erasures.push_back(*slice.erase_for);
    }
    auto const steps = migrations_of(parts.plan.slices);
    parts.site.steps_known = static_cast<std::int64_t>(steps.size());
    make_ready(parts.database, steps, parts.plan.old_database);
    if (parts.plan.open_bus) {
        parts.nodes.join(parts.site, parts.plan.open_bus);
        parts.rates.share(parts.database, parts.seal);
    }
    watch(parts.metrics, parts.database, parts.live);
    watch_faults(parts.metrics, parts.database_faults, parts.job_faults);
    watch_bus(parts.metrics, parts.nodes);
    for (auto const& [room, files] : parts.plan.frame) parts.templates.add_room(room, files);
    for (auto const& slice : parts.plan.slices)
        parts.templates.add_room(slice.name, slice.resources);
    for (auto const& slice : parts.plan.slices) {
        for (auto const& page : slice.pages) {
            if (page.in_frame) {
                parts.templates.check_page("app/layout", shape_of<Shell>(), page.name, *page.model);
            } else {
                parts.templates.check(page.name, *page.model);
            }
        }
        for (auto const& job : slice.jobs) {
            auto run = [&parts, run = job.run](std::string const& payload) {
                run(parts.site, payload);
            };
            if (job.period.count() > 0) {
                parts.jobs.every(std::string(job.name), job.period, [run] { run(""); });
            } else {
                parts.jobs.handle(std::string(job.name), run);
            }
        }
    }
}

House::~House() { stop(); }

Site& House::site() { return parts_->site; }
Router const& House::router() const { return parts_->router; }
std::vector<Slice> const& House::slices() const { return parts_->plan.slices; }

void House::start_jobs() {
    parts_->nodes.start();
    parts_->jobs.start();
}
// What still runs uses the site: all of it ends before any part goes. Jobs and slow work come
// first, as both may queue a deed.
void House::stop() {
    parts_->jobs.stop();
    parts_->password_pool.stop();
    parts_->file_pool.stop();
    parts_->nodes.stop();
    parts_->database.finish_writing();
}

void House::run_due_jobs() { parts_->jobs.run_due_now(); }

}  // namespace kith::web
