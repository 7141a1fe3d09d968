#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/bytes.hpp"

namespace kith::app {

/// Names every file of a backup with its SHA-256, as `sha256sum --check` reads it.
inline constexpr auto manifest_name = "SHA256SUMS";

/// The database, as its engine copies it. One of the two is in every backup.
inline constexpr auto sqlite_name = "kith.db";
inline constexpr auto postgres_name = "kith.pgdump";
/// Where pictures lie in it.
inline constexpr auto files_name = "files";

/// A file that is backed up.
struct BackupItem {
    std::string name;
    std::filesystem::path path;
};

/// Writes the items and their manifest as one archive; gives how many they are. A picture
/// that was removed meanwhile isn't needed.
std::size_t write_archive(std::vector<BackupItem> const& items, Sink const& sink);

/// Reads an archive to its end, into the directory `into` if there is one, and checks every file.
/// Gives how many they are; throws CommandRefused where something is changed, missing or too much.
std::size_t read_archive(Source source, std::optional<std::filesystem::path> const& into);

/// Copies the items into the directory `root` and writes their manifest.
void write_directory(std::vector<BackupItem> const& items, std::filesystem::path const& root);

/// Every file of the manifest is there and unchanged. Gives how many there are.
std::size_t check_directory(std::filesystem::path const& root);

}  // namespace kith::app
