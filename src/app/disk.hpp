#pragma once
// Files that are whole or not there.

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace kith::app {

/// What to tell a host whose disk refused something.
[[nodiscard]] std::string disk_sentence(std::error_code const& code,
                                        std::filesystem::path const& path);
/// Returns once the file or directory is on the disk itself; throws filesystem_error.
void force_to_disk(std::filesystem::path const& path);
/// Copies a file to a new one, with its mode, onto the disk itself.
void copy_durably(std::filesystem::path const& from, std::filesystem::path const& to);
/// Copies every file below `from` to the new directory `to`. Those being written are left out;
/// one that is removed meanwhile isn't needed.
void copy_tree(std::filesystem::path const& from, std::filesystem::path const& to);
/// The regular files below `root`, by name.
[[nodiscard]] std::vector<std::filesystem::path> files_below(std::filesystem::path const& root);

}  // namespace kith::app
