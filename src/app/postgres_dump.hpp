#pragma once

#include <filesystem>
#include <string>

namespace kith::app {

/// Writes the PostgreSQL database at `url`, as of one moment, into the new file `path` by pg_dump.
void dump_postgres(std::string const& url, std::filesystem::path const& path);
/// Puts such a file into the empty database at `url` by pg_restore, whole or not at all.
void restore_postgres(std::filesystem::path const& path, std::string const& url);
/// Reads such a file's list of contents; throws CommandRefused when it can't be read.
void check_postgres_dump(std::filesystem::path const& path);

/// A database's address as another user of the machine may see it, and its password.
struct SplitAddress {
    std::string url;
    std::string password;
};
[[nodiscard]] SplitAddress without_password(std::string const& url);

}  // namespace kith::app
