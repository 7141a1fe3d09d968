#pragma once

#include <filesystem>

namespace kith::tests {

/// A new directory that goes with its contents.
class TestDirectory {
public:
    TestDirectory();
    /// Begins as a copy of `from`; empty: of nothing.
    explicit TestDirectory(std::filesystem::path const& from);
    ~TestDirectory();
    TestDirectory(TestDirectory const&) = delete;
    TestDirectory& operator=(TestDirectory const&) = delete;

    std::filesystem::path path;
};

/// The project's own folder, to read what tests and the program share.
[[nodiscard]] std::filesystem::path project_directory();

}  // namespace kith::tests
