#pragma once

#include <filesystem>
#include <memory>

#include "app/settings.hpp"
#include "web/house.hpp"

namespace kith::app {

/// The whole of Kith over the community that `settings` names; it serves nothing by itself.
class CommunityHouse {
public:
    CommunityHouse(Settings settings, web::OldDatabase old_database);
    ~CommunityHouse();
    CommunityHouse(CommunityHouse const&) = delete;
    CommunityHouse& operator=(CommunityHouse const&) = delete;

    [[nodiscard]] web::House& house();
    [[nodiscard]] Settings const& settings() const;
    /// Opens the log file anew, after it was rotated (SIGHUP).
    void reopen_log();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// Refuses with a sentence where the settings name no community: a mistyped directory must not
/// become an empty one that is backed up every night.
void require_community(Settings const& settings);

/// The database's address: the setting, or SQLite in the data directory.
[[nodiscard]] std::string database_url(Settings const& settings);
/// The file of this program itself.
[[nodiscard]] std::string own_program();
/// Where the pictures lie.
[[nodiscard]] std::filesystem::path files_directory(Settings const& settings);
/// The address that members type, without a final '/'.
[[nodiscard]] std::string public_url(Settings const& settings);

}  // namespace kith::app
