#include "app/move.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <numeric>
#include <ostream>

#include "app/commands.hpp"
#include "app/community_house.hpp"
#include "app/disk.hpp"
#include "app/slices.hpp"
#include "database/address.hpp"
#include "database/move.hpp"
#include "search/search_job.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
using database::Engine;
using web::CommandRefused;

std::vector<database::MovedTable> move_rows(Settings const& settings, std::string const& to) {
    SystemClock const clock;
    auto const slices = all_slices();
    try {
        return database::move_rows({.from = database_url(settings),
                                    .to = to,
                                    .migrations = web::migrations_of(slices),
                                    .job_after = std::string(search::reindex_job),
                                    .now = clock.now()});
    } catch (std::exception const& error) {
        throw CommandRefused(std::string(error.what()) + " Nothing was moved.");
    }
}

void say_moved(std::vector<database::MovedTable> const& tables, std::ostream& out) {
    auto const rows = std::accumulate(
        tables.begin(), tables.end(), std::int64_t{0},
        [](std::int64_t sum, database::MovedTable const& table) { return sum + table.rows; });
    out << "Moved " << rows << " rows of " << tables.size()
        << " tables; each was read again and is the same on both sides.\n";
}

void say_rest(std::ostream& out) {
    out << "The index of the search is made anew in the background after the first start.\n"
           "The old database stays as it was: keep it until you are content, then put it away.\n";
}

void move_to_postgres(Settings const& settings, std::string const& to, std::ostream& out) {
    say_moved(move_rows(settings, to), out);
    out << "Files, secret.key and kith.toml stay in " << settings.data.string()
        << ". Write the new address into kith.toml as `database`, then start the server.\n";
    say_rest(out);
}

/// What a move puts into a directory; it goes again unless it is kept.
class NewFiles {
public:
    explicit NewFiles(fs::path directory)
        : directory_(std::move(directory)), made_(!fs::exists(directory_)) {
        fs::create_directories(directory_);
    }
    ~NewFiles() {
        std::error_code ignored;
        for (auto const& path : begun_) fs::remove_all(path, ignored);
        if (!kept_ && made_) fs::remove(directory_, ignored);
    }
    NewFiles(NewFiles const&) = delete;
    NewFiles& operator=(NewFiles const&) = delete;

    /// Where `name` is written until it is whole; what an earlier try left there is removed.
    fs::path begin(std::string const& name) {
        auto path = directory_ / (name + ".moving");
        for (auto const* ending : {"", "-wal", "-shm"}) fs::remove_all(path.string() + ending);
        begun_.push_back(path);
        return path;
    }
    /// Gives all of them their names, the last one last.
    void keep() {
        for (auto const& path : begun_) fs::rename(path, fs::path(path).replace_extension());
        begun_.clear();
        force_to_disk(directory_);
        kept_ = true;
    }

private:
    fs::path directory_;
    bool made_;
    bool kept_ = false;
    std::vector<fs::path> begun_;
};

void refuse_filled(fs::path const& directory, bool same) {
    bool const free = same ? !fs::exists(directory / "kith.db")
                           : !fs::exists(directory) || fs::is_empty(directory);
    if (!free)
        throw CommandRefused(directory.string() +
                             " holds something already; name a new directory. Nothing was moved.");
}

void move_to_directory(Settings const& settings, fs::path const& to, std::ostream& out) {
    bool const same = fs::exists(to) && fs::equivalent(to, settings.data);
    refuse_filled(to, same);
    NewFiles files(to);
    if (!same && fs::exists(files_directory(settings)))
        copy_tree(files_directory(settings), files.begin("files"));
    if (!same && fs::exists(settings.data / "secret.key"))
        copy_durably(settings.data / "secret.key", files.begin("secret.key"));
    auto const database = fs::absolute(files.begin("kith.db"));
    auto const moved = move_rows(settings, "sqlite://" + database.string());
    fs::permissions(database, fs::perms::owner_read | fs::perms::owner_write);
    force_to_disk(database);
    files.keep();
    say_moved(moved, out);
    out << (same ? "Files and secret.key are where they were."
                 : "Files and secret.key were copied along.")
        << " Start the server with --data " << to.string()
        << "; its kith.toml must not name a `database`.\n";
    say_rest(out);
}

}  // namespace

void move_community(Settings const& settings, std::string const& to, std::ostream& out) {
    auto const from = database::address_of(database_url(settings)).engine;
    bool const to_postgres = to.starts_with("postgresql://") || to.starts_with("postgres://");
    if (to_postgres && from == Engine::postgres)
        throw CommandRefused(
            "The community is on PostgreSQL already; from one to another its own pg_dump moves "
            "it.");
    if (!to_postgres && from == Engine::sqlite)
        throw CommandRefused(
            "The community is in a directory already: kith backup and kith restore make another "
            "of it.");
    require_community(settings);
    if (to_postgres) return move_to_postgres(settings, to, out);
    try {
        move_to_directory(settings, to, out);
    } catch (fs::filesystem_error const& error) {
        throw CommandRefused(disk_sentence(error.code(), error.path1()) + " Nothing was moved.");
    }
}

void declare_move(CLI::App& root, CommandLine& line) {
    auto to = std::make_shared<std::string>();
    auto* move = root.add_subcommand(
        "move", "Move the stopped community from SQLite to PostgreSQL, or back");
    move->add_option(
            "--to", *to,
            "postgresql://user@host/name, an empty database; or a new directory for SQLite")
        ->required();
    move->callback([&line, to] { move_community(line.settings(), *to, line.out()); });
}

}  // namespace kith::app
