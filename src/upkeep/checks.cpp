#include "upkeep/checks.hpp"

#include <sys/stat.h>

#include "base/limits.hpp"
#include "database/health.hpp"
#include "database/jobs.hpp"
#include "members/community.hpp"
#include "members/help_lines.hpp"
#include "notify/mail_store.hpp"
#include "upkeep/health_store.hpp"
#include "upkeep/limits.hpp"
#include "upkeep/storage_page.hpp"
#include "web/audit.hpp"

namespace kith::upkeep {
namespace {

namespace fs = std::filesystem;
using enum Verdict;

constexpr std::int64_t megabyte = 1'000'000;

std::int64_t seconds_of(std::chrono::microseconds time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

Finding check_clock(database::Read& read, Viewer const& viewer, Time now) {
    if (auto const there = database::time_of(read)) {
        auto const apart = std::chrono::abs(now - *there);
        if (apart > limits::clock_apart_max)
            return {"clock", warn, "clock_apart", {}, seconds_of(apart)};
    }
    auto const newest = newest_moment(read, viewer);
    if (newest && *newest - now > limits::clock_behind_max)
        return {"clock", fail, "clock_behind", {}, seconds_of(*newest - now)};
    return {"clock", ok, "clock_fine"};
}

Finding check_backups(database::Read& read, Time now) {
    auto const last = web::last_audit(read, backup_made);
    // PostgreSQL has ways of its own beside ours, which we don't see: whether they run is theirs
    // to say who run it.
    if (!last && read.engine() != database::Engine::sqlite)
        return {"backups", warn, "backups_elsewhere"};
    if (!last) return {"backups", warn, "backups_never"};
    auto const days = std::chrono::floor<std::chrono::days>(now - *last).count();
    bool const is_old = now - *last > kith::limits::backup_age_max;
    if (is_old) return {"backups", warn, "backups_old", {}, days};
    return {"backups", ok, "backups_fine", {}, std::max<std::int64_t>(days, 0)};
}

Finding check_help_lines(database::Read& read, Viewer const& viewer, Time now) {
    auto const country = members::community(read).country;
    auto const lines = members::all_help_lines(read, viewer);
    auto const of_country = [&](auto const& line) { return line.country == country; };
    if (std::none_of(lines.begin(), lines.end(), of_country))
        return {"help_lines", warn, "help_lines_none"};
    if (auto const old = members::lines_to_check(read, viewer, now))
        return {"help_lines", warn, "help_lines_old", {}, old};
    return {"help_lines", ok, "help_lines_fine"};
}

Finding check_mail_queue(database::Read& read, Viewer const& viewer, web::MailSettings const& mail,
                         Time now) {
    auto const depth = notify::mail_depth(read, viewer);
    if (mail.url.empty()) return {"mail", warn, "mail_none", {}, depth.waiting};
    if (mail.from_address == web::MailSettings{}.from_address) return {"mail", warn, "mail_sender"};
    if (depth.dead > 0) return {"mail", warn, "mail_dead", {}, depth.dead};
    if (depth.oldest_at && now - *depth.oldest_at > limits::mail_wait_max)
        return {"mail", warn, "mail_waits", {}, depth.waiting};
    return {"mail", ok, "mail_fine", {}, depth.waiting};
}

Finding check_jobs(database::Read& read) {
    auto const jobs = database::count_jobs(read);
    if (jobs.dead > 0) return {"jobs", warn, "jobs_dead", {}, jobs.dead};
    return {"jobs", ok, "jobs_fine"};
}

Finding check_search(database::Read& read, Viewer const& viewer) {
    auto const missing = people_missing_from_search(read, viewer);
    if (missing > 0) return {"search", warn, "search_missing", {}, missing};
    return {"search", ok, "search_fine"};
}

}  // namespace

Finding check_disk(fs::path const& directory) {
    std::error_code failure;
    auto const space = fs::space(directory, failure);
    if (failure) return {"disk", fail, "disk_unknown", directory.string()};
    auto const free = static_cast<std::int64_t>(space.available) / megabyte;
    switch (disk_state(space.available, space.capacity)) {
        case DiskState::nearly_full: return {"disk", fail, "disk_nearly_full", {}, free};
        case DiskState::tight: return {"disk", warn, "disk_tight", {}, free};
        case DiskState::roomy: break;
    }
    return {"disk", ok, "disk_fine", {}, free};
}

Finding check_disks(fs::path const& data_directory, fs::path const& files_directory) {
    auto data = check_disk(data_directory);
    // Until the first picture there may be no directory of theirs.
    std::error_code failure;
    if (!fs::exists(files_directory, failure)) return data;
    auto files = check_disk(files_directory);
    bool const files_are_worse =
        files.verdict > data.verdict || (files.verdict == data.verdict && files.count < data.count);
    return files_are_worse ? files : data;
}

Finding check_bus(bool is_there) {
    if (is_there) return {"bus", ok, "bus_fine"};
    return {"bus", warn, "bus_gone"};
}

Finding check_pictures(web::PictureWorker const& worker) {
    using namespace std::string_view_literals;
    // A PNG of one grey pixel.
    constexpr auto tiny =
        "\x89PNG\r\n\x1A\n"
        "\0\0\0\x0D"
        "IHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3A\x7E\x9B\x55"
        "\0\0\0\x0A"
        "IDAT\x78\xDA\x63\x68\0\0\0\x82\0\x81\xDA\x45\x08\x3B"
        "\0\0\0\0"
        "IEND\xAE\x42\x60\x82"sv;
    try {
        static_cast<void>(web::accept_picture(worker, tiny, web::PictureSize::avatar()));
    } catch (Refusal const& refusal) {
        if (refusal.kind() == Refusal::Kind::nothing_saved)
            return {"pictures", fail, "pictures_unavailable", refusal.reason()};
        return {"pictures", fail, "pictures_broken"};
    } catch (std::system_error const& error) {
        return {"pictures", fail, "pictures_unavailable", error.what()};
    }
    return {"pictures", ok, "pictures_fine"};
}

Finding check_secret(fs::path const& data_directory) {
    auto const path = data_directory / "secret.key";
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return {"secret", fail, "secret_missing", path.string()};
    if (about.st_size != static_cast<off_t>(Seal::Key{}.size()))
        return {"secret", fail, "secret_damaged", path.string()};
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return {"secret", warn, "secret_open", path.string()};
    return {"secret", ok, "secret_fine"};
}

std::vector<Finding> check_community(database::Read& read, Viewer const& viewer,
                                     web::MailSettings const& mail, Time now) {
    return {check_clock(read, viewer, now),
            check_backups(read, now),
            check_mail_queue(read, viewer, mail, now),
            check_jobs(read),
            check_help_lines(read, viewer, now),
            check_search(read, viewer)};
}

Finding check_clock_steady(ClockReading const& first, ClockReading const& last) {
    auto const apart =
        (last.wall - first.wall) -
        std::chrono::duration_cast<std::chrono::microseconds>(last.steady - first.steady);
    if (last.steady < first.steady || std::chrono::abs(apart) > limits::clock_jump_max)
        return {"clock", fail, "clock_jumped", {}, seconds_of(std::chrono::abs(apart))};
    return {"clock", ok, "clock_fine"};
}

}  // namespace kith::upkeep
