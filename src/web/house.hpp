#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "database/migrator.hpp"
#include "web/router.hpp"
#include "web/site.hpp"
#include "web/slice.hpp"

namespace kith::web {

/// What a house does about a database that an older Kith has made. An empty one is always filled.
enum class OldDatabase {
    upgrade,         ///< brings it up to date: whoever serves alone
    upgrade_beside,  ///< the same, but only by steps that older nodes can serve beside
    refuse,          ///< throws: an older server may be running on it
};

/// What a house is built from.
struct HousePlan {
    SiteSettings settings;
    std::string database_url;
    std::vector<Slice> slices;
    SiteHooks hooks;
    /// The frame's own templates and words: room name and its files.
    std::vector<std::pair<std::string, std::span<Resource const>>> frame;
    std::span<StaticFile const> static_files;
    Clock const& clock;
    Random& random;
    std::shared_ptr<spdlog::logger> log;
    std::size_t readers = 4;
    OldDatabase old_database = OldDatabase::upgrade;
    OpenBus open_bus = nullptr;                  ///< where other nodes serve the same community
    NewsHooks news = {};                         ///< and how they tell what others have written
    std::filesystem::path files_directory = {};  ///< of pictures; empty: in the data directory
};

/// A running community put together: database, words, templates, slices, jobs. It serves nothing
/// by itself: commands use it as it is, `serve` puts a server before it, tests as well.
class House {
public:
    /// Opens the community in the data directory, fills an empty database or brings an old one up
    /// to date as the plan says, and checks each page against its view model. Throws
    /// std::runtime_error with a sentence for the host.
    explicit House(HousePlan plan);
    ~House();
    House(House const&) = delete;
    House& operator=(House const&) = delete;

    [[nodiscard]] Site& site();
    [[nodiscard]] Router const& router() const;
    [[nodiscard]] std::vector<Slice> const& slices() const;

    /// Starts the work that the server does by itself.
    void start_jobs();
    /// Lets jobs, slow work and deeds that were accepted finish, with all that follows them, and
    /// takes no more. The last act of a house, also when it is destroyed.
    void stop();
    /// Runs what is due now and waits for it: commands and tests.
    void run_due_jobs();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// The migrations of `slices`, the database's own first.
[[nodiscard]] std::vector<database::Migration> migrations_of(std::span<Slice const> slices);

}  // namespace kith::web
