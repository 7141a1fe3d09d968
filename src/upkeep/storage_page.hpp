#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::upkeep {

/// What the record of deeds says of a backup.
inline constexpr std::string_view backup_made = "backup made";

/// How much room something takes.
struct SizeLine {
    std::string what;
    std::string size;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(SizeLine, (), (what, size, bytes))

struct StoragePage {
    static constexpr std::string_view page = "upkeep/storage";
    std::vector<std::string> warnings;
    std::vector<SizeLine> sizes;
    std::optional<Time> backup_at;
    bool backs_up_itself = false;  ///< by `kith backup` alone; PostgreSQL has its own ways too
};
BOOST_DESCRIBE_STRUCT(StoragePage, (), (warnings, sizes, backup_at, backs_up_itself))

[[nodiscard]] std::vector<web::Route> storage_routes();

/// What is to be said of how full the disk is.
enum class DiskState { roomy, tight, nearly_full };
[[nodiscard]] DiskState disk_state(std::uintmax_t free_bytes, std::uintmax_t all_bytes);

}  // namespace kith::upkeep
