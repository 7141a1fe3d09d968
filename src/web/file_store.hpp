#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"

namespace kith::web {

/// Pictures and other files on disk, each under a random name. A file is written whole and durable
/// before the deed that names it; see NewFile for what becomes of it when that fails.
class FileStore {
public:
    FileStore(std::filesystem::path directory, Random& random);

    /// Keeps `bytes`; gives the name to store. Throws Refusal::nothing_saved when the disk refuses.
    [[nodiscard]] std::string put(std::string_view bytes, std::string_view extension);
    /// The bytes of `name`, or nothing.
    [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
    /// Removes `name`; a missing one is fine.
    void remove(std::string_view name);

private:
    [[nodiscard]] std::optional<std::filesystem::path> path_of(std::string_view name) const;

    std::filesystem::path directory_;
    Random& random_;
};

}  // namespace kith::web
