#pragma once

#include <filesystem>
#include <functional>

#include "app/backup.hpp"
#include "app/bytes.hpp"

namespace kith::app {

/// How the bytes of a backup are kept.
enum class BackupForm { directory, passphrase, age };

/// The form of what lies at `path`; throws CommandRefused when it is none of them.
[[nodiscard]] BackupForm form_of(std::filesystem::path const& path);

/// Writes what `produce` gives, encrypted, into the new file `path`, and forces it to the disk.
/// Throws CommandRefused for keys that can't be used.
void write_encrypted(std::filesystem::path const& path, BackupKeys const& keys,
                     std::function<void(Sink const&)> const& produce);

/// Hands what lies in the encrypted file `path` to `consume`, which reads it to its end.
void read_encrypted(std::filesystem::path const& path, BackupKeys const& keys,
                    std::function<void(Source)> const& consume);

/// Checks the keys before any work: throws CommandRefused with a sentence.
void require_good_keys(BackupKeys const& keys);

}  // namespace kith::app
