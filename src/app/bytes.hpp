#pragma once
// Bytes on their way: from where they come, and to where they go.

#include <sodium.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "web/descriptor.hpp"

namespace kith::app {

/// Takes the next bytes.
using Sink = std::function<void(std::string_view)>;
/// Gives the next bytes; none at the end.
using Source = std::function<std::string()>;

/// SHA-256 over bytes as they come, in hexadecimal digits.
class Sha256 {
public:
    Sha256() { crypto_hash_sha256_init(&state_); }
    void add(std::string_view bytes);
    [[nodiscard]] std::string digits();

private:
    crypto_hash_sha256_state state_{};
};

/// What comes out of an open file or pipe; throws filesystem_error that names `path`.
[[nodiscard]] Source source_of(int file, std::filesystem::path const& path);

/// A file that isn't there yet, for its owner alone. Throws filesystem_error.
class NewFile {
public:
    explicit NewFile(std::filesystem::path path);
    void write(std::string_view bytes);
    /// Returns once it is on the disk itself.
    void finish();
    [[nodiscard]] int number() const { return file_.number(); }

private:
    std::filesystem::path path_;
    web::Descriptor file_;
};

/// Opens a file to be read; throws filesystem_error.
[[nodiscard]] int open_to_read(std::filesystem::path const& path);
/// Writes all of it to an open file or pipe; throws filesystem_error that names `path`.
void write_all(int file, std::filesystem::path const& path, std::string_view bytes);

}  // namespace kith::app
