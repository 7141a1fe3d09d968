#pragma once

#include <filesystem>
#include <iosfwd>

#include "app/community_house.hpp"

namespace kith::app {

/// Copies the community, while it runs, to the new directory `to`: database, files, secret,
/// settings and a manifest of SHA-256 sums. Throws CommandRefused when it can't be whole.
void make_backup(CommunityHouse& community, std::filesystem::path const& to, std::ostream& out);

/// Puts a backup into the empty data directory of `settings`, after checking every sum.
void restore_backup(std::filesystem::path const& from, Settings const& settings, std::ostream& out);

}  // namespace kith::app
