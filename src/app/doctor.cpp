#include "app/doctor.hpp"

#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "app/slices.hpp"
#include "database/address.hpp"
#include "database/health.hpp"
#include "database/migrator.hpp"
#include "resources/upkeep.hpp"
#include "upkeep/checks.hpp"
#include "web/json.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
using upkeep::Finding;
using enum upkeep::Verdict;

/// One line, as a program reads it.
struct DoctorLine {
    std::string place;  ///< the same in every version: "backups"
    std::string about;
    upkeep::Verdict verdict = ok;
    std::string said;
    std::string to_do;
};
BOOST_DESCRIBE_STRUCT(DoctorLine, (), (place, about, verdict, said, to_do))

upkeep::ClockReading read_clocks() {
    return {SystemClock().now(), std::chrono::steady_clock::now()};
}

/// Whether the system knows of nobody who keeps its clock right.
bool clock_is_loose() {
    timex state{};
    return ::adjtimex(&state) >= 0 && (state.status & STA_UNSYNC) != 0;
}

Finding check_data(fs::path const& data) {
    std::error_code failure;
    if (!fs::is_directory(data, failure)) return {"data", fail, "data_missing", data.string()};
    if (::access(data.c_str(), W_OK | X_OK) != 0)
        return {"data", fail, "data_closed", data.string()};
    auto const others_may = [](fs::path const& path, mode_t what) {
        struct stat about {};
        return ::stat(path.c_str(), &about) == 0 && (about.st_mode & what) != 0;
    };
    if (others_may(data, S_IXOTH) && others_may(data / "kith.db", S_IROTH))
        return {"data", warn, "data_open", data.string()};
    return {"data", ok, "data_fine"};
}

/// A database that doesn't open, or can't be read to its end. Only a file that we may read and
/// write, on a disk that has room, is called damaged: that word sends a host to the last backup.
Finding broken_database(Settings const& settings, std::string const& said) {
    auto const address = database::address_of(database_url(settings));
    if (address.engine != database::Engine::sqlite)
        return {"database", fail, "database_closed", on_one_line(said)};
    constexpr std::uintmax_t room_for_its_log = 1024 * 1024;
    auto const directory = fs::absolute(address.target).parent_path();
    bool const ours = ::access(address.target.c_str(), R_OK | W_OK) == 0 &&
                      ::access(directory.c_str(), W_OK | X_OK) == 0;
    if (!ours) return {"database", fail, "database_closed", said};
    std::error_code failure;
    auto const space = fs::space(directory, failure);
    if (!failure && space.available < room_for_its_log)
        return {"database", fail, "database_locked", said};
    return {"database", fail, "database_damaged", said};
}

/// The first finding that isn't well about the database itself, or that it is. `fault` is what
/// the database said last: whoever asks it is told only that nothing was done.
Finding check_database(database::Database& database, Settings const& settings,
                       std::string const& fault) {
    auto const migrations = web::migrations_of(all_slices());
    auto const count = [](std::size_t of) { return static_cast<std::int64_t>(of); };
    try {
        auto const pending = database::pending_migrations(database, migrations).size();
        if (pending == migrations.size())
            return {"database", fail, "database_old", {}, count(pending)};
        if (pending > 0) return {"database", warn, "database_old", {}, count(pending)};
    } catch (database::DatabaseError const& error) {
        return broken_database(settings, error.what());
    } catch (std::runtime_error const& newer) {
        return {"database", fail, "database_newer", newer.what()};
    }
    auto const damage = database.read(database::damage_of);
    if (!damage.empty()) return {"database", fail, "database_damaged", damage};
    try {
        database::check_writable(database);
    } catch (Refusal const&) {
        return {"database", fail, "database_locked", fault};
    }
    return {"database", ok, "database_fine"};
}

web::MailSettings mail_settings(Settings const& settings) {
    web::MailSettings mail;
    mail.url = settings.smtp_url;
    mail.user = settings.smtp_user;
    mail.password = settings.smtp_password;
    if (!settings.smtp_from.empty()) mail.from_address = settings.smtp_from;
    return mail;
}

void examine_database(Settings const& settings, std::vector<Finding>& found) {
    auto const url = database_url(settings);
    auto const address = database::address_of(url);
    if (address.engine == database::Engine::sqlite && !fs::exists(address.target)) {
        found.push_back({"database", fail, "data_missing", settings.data.string()});
        return;
    }
    try {
        std::string fault;
        database::Database database(
            {.url = url, .readers = 1, .on_fault = [&](std::string const& text) { fault = text; }});
        try {
            found.push_back(check_database(database, settings, fault));
            if (found.back().word != "database_fine") return;
            auto const mail = mail_settings(settings);
            auto const more = database.read([&](database::Read& read) {
                return upkeep::check_community(read, Viewer::server(), mail, SystemClock().now());
            });
            found.insert(found.end(), more.begin(), more.end());
        } catch (Refusal const&) {
            found.push_back(broken_database(settings, fault));
        }
    } catch (std::exception const& error) {
        found.push_back(broken_database(settings, error.what()));
    }
}

void examine_outside(Settings const& settings, std::vector<Finding>& found) {
    if (!settings.smtp_url.empty())
        found.push_back(upkeep::check_mail_server(mail_settings(settings)));
    if (!settings.bus.empty()) found.push_back(upkeep::check_bus_at(settings.bus));
    found.push_back(upkeep::check_certificate(public_url(settings), SystemClock().now()));
}

void print(CommandLine& line, std::vector<Finding> const& found) {
    web::Words words;
    words.add_room(upkeep_resources());
    std::vector<DoctorLine> lines;
    for (auto const& finding : found) {
        auto told = upkeep::tell(words, "en", finding);
        lines.push_back({finding.about, std::move(told.about), finding.verdict,
                         std::move(told.said), std::move(told.to_do)});
    }
    if (line.wants_json()) {
        line.out() << web::to_json(lines) << '\n';
        return;
    }
    for (auto const& one : lines) {
        auto const* const verdict = one.verdict == ok     ? "ok  "
                                    : one.verdict == warn ? "warn"
                                                          : "fail";
        line.out() << verdict << "  " << one.about << ": " << one.said << '\n';
        if (!one.to_do.empty()) line.out() << "      " << one.to_do << '\n';
    }
}

}  // namespace

std::vector<Finding> examine(CommandLine& line) {
    auto const begun = read_clocks();
    std::vector<Finding> found;
    Settings settings;
    try {
        settings = line.settings();
    } catch (SettingsFault const& fault) {
        return {{"settings", fail, "settings_broken", fault.what()}};
    }
    found.push_back({"settings", ok, "settings_fine"});
    found.push_back(check_data(settings.data));
    if (found.back().word == "data_missing") return found;
    found.push_back(upkeep::check_secret(settings.data));
    found.push_back(upkeep::check_disks(settings.data, files_directory(settings)));
    examine_database(settings, found);
    found.push_back(upkeep::check_pictures(web::PictureWorker::of(own_program())));
    examine_outside(settings, found);
    auto const steady = upkeep::check_clock_steady(begun, read_clocks());
    if (steady.verdict != ok) found.push_back(steady);
    if (clock_is_loose()) found.push_back({"clock", warn, "clock_loose"});
    return found;
}

void declare_doctor(CLI::App& root, CommandLine& line) {
    auto strict = std::make_shared<bool>(false);
    auto quiet = std::make_shared<bool>(false);
    auto* doctor = root.add_subcommand(
        "doctor", "Look whether all is well with the server, and say what to do if it isn't");
    doctor->add_flag("--strict", *strict, "End with 1 also where something is only to be seen to");
    doctor->add_flag("--quiet", *quiet, "Say nothing of what is well");
    doctor->callback([&line, strict, quiet] {
        auto found = examine(line);
        if (*quiet) std::erase_if(found, [](Finding const& one) { return one.verdict == ok; });
        print(line, found);
        auto const least = *strict ? warn : fail;
        bool const bad = std::any_of(found.begin(), found.end(), [&](Finding const& finding) {
            return finding.verdict >= least;
        });
        line.exit_with(bad ? 1 : 0);
    });
}

}  // namespace kith::app
