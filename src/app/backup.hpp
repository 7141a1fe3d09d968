#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/community_house.hpp"

namespace CLI {
class App;
}

namespace kith::app {

class CommandLine;

/// With what a backup is encrypted and read again; nothing: a directory that isn't.
struct BackupKeys {
    std::vector<std::string> recipients;  ///< of age: "age1…", "ssh-ed25519 …"
    std::string identity;                 ///< a file of age's or ssh's private key
    std::string passphrase_file;          ///< its first line

    [[nodiscard]] bool none() const { return recipients.empty() && passphrase_file.empty(); }
};

/// Copies the community, while it runs, to `to`, which isn't there yet: database, files, secret,
/// settings and a manifest of SHA-256 sums; a directory, or with keys one encrypted file. What was
/// written is read again. Throws CommandRefused when it can't be whole, and leaves nothing then.
void make_backup(CommunityHouse& community, std::filesystem::path const& to, BackupKeys const& keys,
                 std::ostream& out);

/// Reads a backup whole and checks all that can be checked; throws CommandRefused.
void verify_backup(std::filesystem::path const& from, BackupKeys const& keys, std::ostream& out);

/// Puts a backup into the empty data directory of `settings`, after checking every sum; that of a
/// PostgreSQL database into the empty one that `settings` name.
void restore_backup(std::filesystem::path const& from, BackupKeys const& keys,
                    Settings const& settings, std::ostream& out);

/// `kith backup`, `kith backup verify` and `kith restore`.
void declare_backup(CLI::App& root, CommandLine& line);

}  // namespace kith::app
