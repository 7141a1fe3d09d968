#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "upkeep/findings.hpp"
#include "web/mail.hpp"
#include "web/picture.hpp"

namespace kith::upkeep {

/// The disk under the data directory, or that of the pictures where it is another with less room.
[[nodiscard]] Finding check_disks(std::filesystem::path const& data_directory,
                                  std::filesystem::path const& files_directory);
/// Whether a tiny picture can be made anew. Blocks up to the worker's time.
[[nodiscard]] Finding check_pictures(web::PictureWorker const& worker);
/// The server's secret: there, whole, and nobody else's to read.
[[nodiscard]] Finding check_secret(std::filesystem::path const& data_directory);

/// What the database itself tells: clock, backups, help lines, mail that waits, jobs, search.
[[nodiscard]] std::vector<Finding> check_community(database::Read& read, Viewer const& viewer,
                                                   web::MailSettings const& mail, Time now);

/// One look at both clocks: the one that people set, and the one that only goes on.
struct ClockReading {
    Time wall;
    std::chrono::steady_clock::time_point steady;
};
/// Whether both went on alike between two looks.
[[nodiscard]] Finding check_clock_steady(ClockReading const& first, ClockReading const& last);

/// The mail server: whether it would take us. Blocks up to limits::mail_time_max.
[[nodiscard]] Finding check_mail_server(web::MailSettings const& mail);
/// Whether hints come and go between the nodes. Without them all goes on, a second later.
[[nodiscard]] Finding check_bus(bool is_there);
/// The same from outside of a node: whether one of the bus's servers answers. Blocks up to
/// limits::outside_time_max.
[[nodiscard]] Finding check_bus_at(std::string const& urls);
/// The certificate of the community's own address. `trusted_file` is for tests: whom to trust in
/// place of whom the system does. Blocks up to twice limits::outside_time_max.
[[nodiscard]] Finding check_certificate(std::string const& public_url, Time now,
                                        std::string const& trusted_file = {});

}  // namespace kith::upkeep
