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

/// The database's address: the setting, or SQLite in the data directory.
[[nodiscard]] std::string database_url(Settings const& settings);
/// Where the pictures lie.
[[nodiscard]] std::filesystem::path files_directory(Settings const& settings);
/// The address that members type, without a final '/'.
[[nodiscard]] std::string public_url(Settings const& settings);

}  // namespace kith::app
