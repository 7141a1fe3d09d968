#include "test_directory.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace kith::tests {

TestDirectory::TestDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kith-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no directory for a test");
    path = pattern;
}

TestDirectory::TestDirectory(std::filesystem::path const& from) : TestDirectory() {
    if (!from.empty()) std::filesystem::copy(from, path, std::filesystem::copy_options::recursive);
}

TestDirectory::~TestDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

std::filesystem::path project_directory() { return KITH_SOURCE_DIR; }

}  // namespace kith::tests
