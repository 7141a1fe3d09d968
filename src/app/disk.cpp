#include "app/disk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "web/descriptor.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;

/// A copy that fails for want of room says only that it failed.
std::error_code why_not_copied(std::error_code failure, fs::path const& from, fs::path const& to) {
    std::error_code unknown;
    auto const space = fs::space(to.parent_path(), unknown);
    if (unknown || failure != std::errc::io_error) return failure;
    bool const full = space.available < fs::file_size(from, unknown);
    return full && !unknown ? std::make_error_code(std::errc::no_space_on_device) : failure;
}

}  // namespace

std::string disk_sentence(std::error_code const& code, fs::path const& path) {
    if (code == std::errc::no_space_on_device || code.value() == EDQUOT)
        return "The disk is full: " + path.string() + " can't be written.";
    return path.string() + ": " + code.message() + ".";
}

void force_to_disk(fs::path const& path) {
    web::Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0 || ::fsync(file.number()) != 0)
        throw fs::filesystem_error("fsync", path, std::error_code(errno, std::generic_category()));
}

void copy_durably(fs::path const& from, fs::path const& to) {
    std::error_code failure;
    fs::copy_file(from, to, failure);
    // Named with where it goes: that is the disk that may be full.
    if (failure) throw fs::filesystem_error("copy", to, why_not_copied(failure, from, to));
    force_to_disk(to);
}

std::vector<fs::path> files_below(fs::path const& root) {
    std::vector<fs::path> all;
    if (!fs::exists(root)) return all;
    for (auto const& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file()) all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
}

void copy_tree(fs::path const& from, fs::path const& to) {
    fs::create_directories(to);
    for (auto const& file : files_below(from)) {
        if (file.extension() == ".part") continue;
        auto const target = to / file.lexically_relative(from);
        fs::create_directories(target.parent_path());
        try {
            copy_durably(file, target);
        } catch (fs::filesystem_error const& error) {
            if (error.code() != std::errc::no_such_file_or_directory || fs::exists(file)) throw;
        }
    }
}

}  // namespace kith::app
