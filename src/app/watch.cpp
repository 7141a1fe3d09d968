#include "app/watch.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <limits>

#include "database/size.hpp"
#include "members/help_lines.hpp"
#include "notify/mail_store.hpp"
#include "upkeep/storage_page.hpp"
#include "web/audit.hpp"

namespace kith::app {
namespace {

using enum web::Metrics::Kind;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double seconds_of(std::chrono::microseconds time) {
    return std::chrono::duration<double>(time).count();
}

void watch_server(web::Metrics& metrics, web::Server const& server) {
    using Count = std::uint64_t web::ServerCounts::*;
    auto const show = [&](web::Metrics::Kind kind, std::string name, std::string help,
                          Count count) {
        metrics.watch(kind, std::move(name), std::move(help),
                      [&server, count] { return static_cast<double>(server.counts().*count); });
    };
    show(gauge, "kith_connections_open", "Connections that are open",
         &web::ServerCounts::connections_open);
    show(total, "kith_connections_refused_total", "Connections above the most",
         &web::ServerCounts::connections_refused);
    show(total, "kith_requests_total", "Requests read", &web::ServerCounts::requests);
    show(total, "kith_requests_malformed_total", "Requests that couldn't be understood",
         &web::ServerCounts::requests_malformed);
    show(total, "kith_requests_timed_out_total", "Requests that came too slowly",
         &web::ServerCounts::requests_timed_out);
}

void watch_mail(web::Site& site) {
    auto const depth = [&site] {
        return site.database.read(
            [](database::Read& read) { return notify::mail_depth(read, Viewer::server()); });
    };
    site.metrics.watch(gauge, "kith_mail_waiting", "Mails that wait to be sent",
                       [depth] { return static_cast<double>(depth().waiting); });
    site.metrics.watch(gauge, "kith_mail_dead", "Mails that were given up",
                       [depth] { return static_cast<double>(depth().dead); });
    site.metrics.watch(gauge, "kith_mail_oldest_seconds", "How long the oldest mail has waited",
                       [depth, &site] {
                           auto const oldest = depth().oldest_at;
                           return oldest ? seconds_of(site.now() - *oldest) : 0;
                       });
}

double backup_age(web::Site& site) {
    auto const last = site.database.read(
        [](database::Read& read) { return web::last_audit(read, upkeep::backup_made); });
    return last ? seconds_of(site.now() - *last) : unknown;
}

double space_of(web::Site const& site, std::uintmax_t std::filesystem::space_info::*part) {
    std::error_code failure;
    auto const space = std::filesystem::space(site.settings.data_directory, failure);
    return failure ? unknown : static_cast<double>(space.*part);
}

void watch_upkeep(web::Site& site) {
    auto& metrics = site.metrics;
    metrics.watch(gauge, "kith_disk_free_bytes", "Room on the disk of the data directory",
                  [&site] { return space_of(site, &std::filesystem::space_info::available); });
    metrics.watch(gauge, "kith_disk_bytes", "The disk of the data directory",
                  [&site] { return space_of(site, &std::filesystem::space_info::capacity); });
    metrics.watch(gauge, "kith_database_bytes", "The database with its indexes", [&site] {
        return static_cast<double>(site.database.read(database::size_of_database));
    });
    metrics.watch(gauge, "kith_backup_age_seconds", "Since the last `kith backup`, if there is one",
                  [&site] { return backup_age(site); });
    metrics.watch(gauge, "kith_help_lines_to_check",
                  "Help lines of the community's country that nobody checked for half a year",
                  [&site] {
                      return static_cast<double>(site.database.read([&](database::Read& read) {
                          return members::lines_to_check(read, Viewer::server(), site.now());
                      }));
                  });
}

/// The second number of /proc/self/statm: pages in memory.
double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double all = 0;
    double resident = 0;
    if (!(statm >> all >> resident)) return unknown;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double open_files() {
    std::error_code failure;
    double count = -1;  // The list itself is one of them.
    for (std::filesystem::directory_iterator at("/proc/self/fd", failure), end;
         !failure && at != end; at.increment(failure))
        ++count;
    return failure ? unknown : count;
}

double files_max() {
    rlimit limit{};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<double>(limit.rlim_cur) : unknown;
}

/// Under the names that programs of every kind use.
void watch_process(web::Site& site) {
    auto& metrics = site.metrics;
    metrics.watch(gauge, "process_resident_memory_bytes", "Memory in use", resident_bytes);
    metrics.watch(gauge, "process_open_fds", "Files and connections that are open", open_files);
    metrics.watch(gauge, "process_max_fds", "As many may be open", files_max);
    metrics.watch(gauge, "process_start_time_seconds", "When it began, since 1970",
                  [at = seconds_of(site.now().time_since_epoch())] { return at; });
}

}  // namespace

void watch(web::Site& site, web::Server const& server) {
    watch_server(site.metrics, server);
    watch_mail(site);
    watch_upkeep(site);
    watch_process(site);
}

}  // namespace kith::app
