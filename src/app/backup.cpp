#include "app/backup.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/file.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include "app/backup_archive.hpp"
#include "app/backup_keys.hpp"
#include "app/commands.hpp"
#include "app/disk.hpp"
#include "app/postgres_dump.hpp"
#include "database/address.hpp"
#include "database/copy.hpp"
#include "upkeep/storage_page.hpp"
#include "web/audit.hpp"
#include "web/command.hpp"
#include "web/descriptor.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
using database::Engine;
using web::CommandRefused;

constexpr auto secret_name = "secret.key";
constexpr auto settings_name = "kith.toml";
/// Where a restored one waits to be looked at.
constexpr auto old_settings_name = "kith.toml.restored";

/// One backup of a community at a time: they would take each other's unfinished files.
class OneAtATime {
public:
    explicit OneAtATime(fs::path const& data)
        : directory_(::open(data.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        if (::flock(directory_.number(), LOCK_EX | LOCK_NB) != 0)
            throw CommandRefused("Another backup is being made. Wait until it has ended.");
    }

private:
    web::Descriptor directory_;
};

/// Something that is being made; it goes again unless it is kept.
class Unfinished {
public:
    /// What an earlier try left there is removed.
    explicit Unfinished(fs::path path) : path_(std::move(path)) { fs::remove_all(path_); }
    ~Unfinished() {
        std::error_code ignored;
        if (!kept_) fs::remove_all(path_, ignored);
    }
    Unfinished(Unfinished const&) = delete;
    Unfinished& operator=(Unfinished const&) = delete;

    [[nodiscard]] fs::path const& path() const { return path_; }
    void make_directory() const {
        fs::create_directories(path_);
        fs::permissions(path_, fs::perms::owner_all);
    }
    void keep_as(fs::path const& name) {
        fs::rename(path_, name);
        kept_ = true;
        force_to_disk(fs::absolute(name).parent_path());
    }

private:
    fs::path path_;
    bool kept_ = false;
};

/// Runs `work`; whatever a disk refuses becomes a sentence that ends in `outcome`.
template <class Work>
void in_sentences(std::string const& outcome, Work work) {
    try {
        work();
    } catch (CommandRefused const&) {
        throw;
    } catch (fs::filesystem_error const& error) {
        throw CommandRefused(disk_sentence(error.code(), error.path1()) + " " + outcome);
    } catch (std::runtime_error const& error) {
        std::string const what = error.what();
        bool const full = what.find("is full") != std::string::npos;
        throw CommandRefused((full ? "The disk is full." : what + ".") + (" " + outcome));
    }
}

/// The database, as of one moment and checked, in the directory `stage`; gives its item.
BackupItem take_database(CommunityHouse& community, fs::path const& stage) {
    auto& database = community.house().site().database;
    bool const sqlite = database.engine() == Engine::sqlite;
    BackupItem item{sqlite ? sqlite_name : postgres_name,
                    stage / (sqlite ? sqlite_name : postgres_name)};
    if (sqlite) {
        database.backup_to(item.path.string());
        fs::permissions(item.path, fs::perms::owner_read | fs::perms::owner_write);
    } else {
        dump_postgres(database.url(), item.path);
    }
    return item;
}

/// Everything beside the database. It is taken first: a file that it names was written before.
std::vector<BackupItem> other_items(Settings const& settings) {
    std::vector<BackupItem> items;
    auto const& data = settings.data;
    auto const pictures = files_directory(settings);
    for (auto const& file : files_below(pictures))
        if (file.extension() != ".part")
            items.push_back(
                {(fs::path(files_name) / file.lexically_relative(pictures)).string(), file});
    for (auto const* name : {secret_name, settings_name})
        if (fs::exists(data / name)) items.push_back({name, data / name});
    return items;
}

/// What a directory with a backup says of its database.
std::string checked_database(fs::path const& root) {
    if (fs::exists(root / postgres_name)) {
        check_postgres_dump(root / postgres_name);
        return "Its PostgreSQL dump can be read.";
    }
    auto const size = database::check_copy((root / sqlite_name).string());
    return "Its database is whole: " + std::to_string(size.rows) + " rows in " +
           std::to_string(size.tables) + " tables.";
}

std::string count_of(std::size_t files) {
    return std::to_string(files) + (files == 1 ? " file" : " files");
}

std::string back_up_plainly(CommunityHouse& community, fs::path const& to) {
    Unfinished stage(to.string() + ".part");
    stage.make_directory();
    auto items = std::vector{take_database(community, stage.path())};
    auto const others = other_items(community.settings());
    items.insert(items.end(), others.begin(), others.end());
    write_directory(items, stage.path());
    auto const count = check_directory(stage.path());
    auto const database = checked_database(stage.path());
    stage.keep_as(to);
    return count_of(count) + ", checked. " + database;
}

std::string back_up_encrypted(CommunityHouse& community, fs::path const& to,
                              BackupKeys const& keys) {
    // Beside the community, since it isn't encrypted.
    Unfinished stage(community.settings().data / "backup.part");
    stage.make_directory();
    auto items = std::vector{take_database(community, stage.path())};
    auto const database = checked_database(stage.path());
    auto const others = other_items(community.settings());
    items.insert(items.end(), others.begin(), others.end());
    Unfinished file(to.string() + ".part");
    std::size_t count = 0;
    write_encrypted(file.path(), keys,
                    [&](Sink const& sink) { count = write_archive(items, sink); });
    bool const can_be_read = !keys.passphrase_file.empty();
    if (can_be_read)
        read_encrypted(file.path(), keys,
                       [](Source source) { read_archive(std::move(source), std::nullopt); });
    file.keep_as(to);
    return count_of(count) + ", encrypted" +
           (can_be_read ? " and checked. "
                        : "; with its key, kith backup verify checks it whole. ") +
           database;
}

/// The backup's files in the directory `stage`, checked.
std::size_t unpack(fs::path const& from, BackupKeys const& keys, fs::path const& stage) {
    if (form_of(from) != BackupForm::directory) {
        std::size_t count = 0;
        read_encrypted(from, keys,
                       [&](Source source) { count = read_archive(std::move(source), stage); });
        return count;
    }
    auto const count = check_directory(from);
    for (auto const& file : files_below(from)) {
        auto const name = file.lexically_relative(from);
        if (name == manifest_name) continue;
        fs::create_directories((stage / name).parent_path());
        copy_durably(file, stage / name);
    }
    return count;
}

void refuse_filled(Settings const& settings) {
    for (auto const* name : {sqlite_name, secret_name, files_name})
        if (fs::exists(settings.data / name))
            throw CommandRefused(settings.data.string() +
                                 " holds a community already; name an empty directory with "
                                 "--data.");
    if (!settings.files.empty() && fs::exists(settings.files) && !fs::is_empty(settings.files))
        throw CommandRefused(settings.files +
                             " holds pictures already; name an empty directory with --files.");
    auto const url = database_url(settings);
    if (database::address_of(url).engine == Engine::postgres && !database::holds_nothing(url))
        throw CommandRefused("The database holds something already: name an empty one.");
}

void restore_database(fs::path const& stage, Settings const& settings) {
    auto const url = database_url(settings);
    bool const sqlite = database::address_of(url).engine == Engine::sqlite;
    if (sqlite && fs::exists(stage / postgres_name))
        throw CommandRefused(
            "This is the backup of a PostgreSQL database: name an empty one with --database.");
    if (!sqlite && fs::exists(stage / sqlite_name))
        throw CommandRefused(
            "This is the backup of a SQLite database: restore it without --database, then use "
            "kith move.");
    if (sqlite) return;
    restore_postgres(stage / postgres_name, url);
    fs::remove(stage / postgres_name);
}

/// Gives everything of `stage` its place, the database last. Old settings aren't put into force:
/// they may name the database, the pictures and the mail server of the community that goes on.
void take_place(fs::path const& stage, Settings const& settings) {
    auto const& data = settings.data;
    // A place of their own may be on another disk, to which nothing can be renamed.
    if (!settings.files.empty() && fs::exists(stage / files_name)) {
        copy_tree(stage / files_name, settings.files);
        fs::remove_all(stage / files_name);
    }
    std::vector<fs::path> names;
    for (auto const& entry : fs::directory_iterator(stage))
        names.push_back(entry.path().filename());
    std::stable_partition(names.begin(), names.end(),
                          [](fs::path const& name) { return name != sqlite_name; });
    for (auto const& name : names)
        fs::rename(stage / name, data / (name == settings_name ? old_settings_name : name));
    force_to_disk(data);
}

void restore(fs::path const& from, BackupKeys const& keys, Settings const& settings,
             std::ostream& out) {
    refuse_filled(settings);
    bool const made = !fs::exists(settings.data);
    try {
        fs::create_directories(settings.data);
        Unfinished stage(settings.data / "restore.part");
        stage.make_directory();
        auto const count = unpack(from, keys, stage.path());
        restore_database(stage.path(), settings);
        take_place(stage.path(), settings);
        out << "Restored " << count_of(count) << " into " << settings.data.string() << ".\n";
        if (fs::exists(settings.data / old_settings_name))
            out << "Its settings lie there as " << old_settings_name
                << ": see that they name no database, files or mail server that another community"
                   " uses, then call the file "
                << settings_name << ".\n";
    } catch (std::exception const&) {
        std::error_code ignored;
        if (made) fs::remove(settings.data, ignored);
        throw;
    }
}

void begin() {
    if (sodium_init() < 0) throw CommandRefused("libsodium could not start.");
    // A program that we write to may end before us; that is told by the write.
    ::signal(SIGPIPE, SIG_IGN);
}

void declare_keys_to_read(CLI::App& command, BackupKeys& keys) {
    command.add_option("--identity", keys.identity,
                       "The private key of a backup that was encrypted to a recipient");
    command.add_option("--passphrase-file", keys.passphrase_file,
                       "The file whose first line is the passphrase of the backup");
}

}  // namespace

void make_backup(CommunityHouse& community, fs::path const& to, BackupKeys const& keys,
                 std::ostream& out) {
    begin();
    require_good_keys(keys);
    if (fs::exists(to)) throw CommandRefused(to.string() + " is there already; name a new one.");
    auto& site = community.house().site();
    in_sentences("No backup was made.", [&] {
        OneAtATime const alone(community.settings().data);
        auto const said =
            keys.none() ? back_up_plainly(community, to) : back_up_encrypted(community, to, keys);
        out << "Backed up to " << to.string() << ": " << said << '\n';
    });
    site.database.write_now([&](database::Write& write) {
        web::note_audit(write, site.now(), upkeep::backup_made, "server", "");
    });
}

void verify_backup(fs::path const& from, BackupKeys const& keys, std::ostream& out) {
    begin();
    in_sentences("The backup can't be relied on.", [&] {
        if (form_of(from) == BackupForm::directory) {
            auto const count = check_directory(from);
            out << "The backup is whole: " << count_of(count) << ". " << checked_database(from)
                << '\n';
            return;
        }
        std::size_t count = 0;
        read_encrypted(from, keys, [&](Source source) {
            count = read_archive(std::move(source), std::nullopt);
        });
        // Only now: who opens it may find more behind the end of what was read.
        out << "The backup is whole: " << count_of(count) << ".\n";
    });
}

void restore_backup(fs::path const& from, BackupKeys const& keys, Settings const& settings,
                    std::ostream& out) {
    begin();
    in_sentences("Nothing was restored.", [&] { restore(from, keys, settings, out); });
}

void declare_backup(CLI::App& root, CommandLine& line) {
    auto keys = std::make_shared<BackupKeys>();
    auto path = std::make_shared<std::string>();
    auto* backup = root.add_subcommand(
        "backup", "Copy the running community to a new directory or encrypted file, and check it");
    backup->add_option("PATH", *path, "Where to; it must not be there yet");
    backup
        ->add_option("--encrypt-to", keys->recipients,
                     "A recipient of age, \"age1…\" or \"ssh-…\"; may be said again")
        ->allow_extra_args(false);
    backup->add_option("--passphrase-file", keys->passphrase_file,
                       "Encrypt with the first line of this file");
    auto* verify = backup->add_subcommand("verify", "Read a backup whole and check it");
    verify->add_option("PATH", *path, "The backup")->required();
    declare_keys_to_read(*verify, *keys);
    verify->callback([&line, path, keys] { verify_backup(*path, *keys, line.out()); });
    backup->callback([&line, backup, path, keys] {
        if (!backup->get_subcommands().empty()) return;
        if (path->empty()) throw CLI::RequiredError("PATH");
        make_backup(line.community(), *path, *keys, line.out());
    });
    auto* restoring = root.add_subcommand("restore", "Put a backup into an empty data directory");
    restoring->add_option("PATH", *path, "The backup")->required();
    declare_keys_to_read(*restoring, *keys);
    restoring->callback(
        [&line, path, keys] { restore_backup(*path, *keys, line.settings(), line.out()); });
}

}  // namespace kith::app
