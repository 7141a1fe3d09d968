#pragma once

#include <filesystem>

namespace kith::tests {

/// A new directory that goes with its contents.
class TestDirectory {
public:
    TestDirectory();
    ~TestDirectory();
    TestDirectory(TestDirectory const&) = delete;
    TestDirectory& operator=(TestDirectory const&) = delete;

    std::filesystem::path path;
};

}  // namespace kith::tests
