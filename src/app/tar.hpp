#pragma once
// The tar format (POSIX ustar), as far as a backup needs it: regular files with short names. What
// is written here any tar unpacks.

#include <cstdint>
#include <optional>
#include <string>

#include "app/bytes.hpp"

namespace kith::app {

/// Writes files one after the other.
class TarWriter {
public:
    explicit TarWriter(Sink sink) : sink_(std::move(sink)) {}
    /// Throws CommandRefused for a name that the format has no room for.
    void begin(std::string const& name, std::uint64_t size);
    /// The next bytes of the file; in all exactly its size.
    void add(std::string_view bytes);
    void end_file();
    void end_archive();

private:
    Sink sink_;
    std::uint64_t size_ = 0;
    std::uint64_t left_ = 0;
};

/// A file of an archive.
struct TarFile {
    std::string name;
    std::uint64_t size = 0;
};

/// Reads what a stranger may have changed: throws CommandRefused for whatever isn't a plain file
/// inside the archive, and where it ends too soon.
class TarReader {
public:
    explicit TarReader(Source source) : source_(std::move(source)) {}
    /// The next file; the one before is read to its end first. None at the archive's end, behind
    /// which nothing stands.
    [[nodiscard]] std::optional<TarFile> next();
    /// The next bytes of the file; none at its end.
    [[nodiscard]] std::string read();

private:
    [[nodiscard]] std::string take(std::size_t most);
    [[nodiscard]] std::string block();
    void refuse_more();

    Source source_;
    std::string waiting_;
    std::uint64_t left_ = 0;
    std::uint64_t padding_ = 0;
};

/// Whether a name leads to somewhere inside the folder that it is read in.
[[nodiscard]] bool is_inside(std::string const& name);

}  // namespace kith::app
