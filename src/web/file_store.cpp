#include "web/file_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "base/public_id.hpp"
#include "base/refusal.hpp"
#include "web/descriptor.hpp"

namespace kith::web {
namespace {

bool write_whole(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const wrote = ::write(file, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return ::fsync(file) == 0;
}

}  // namespace

FileStore::FileStore(std::filesystem::path directory, Random& random)
    : directory_(std::move(directory)), random_(random) {}

std::optional<std::filesystem::path> FileStore::path_of(std::string_view name) const {
    auto const dot = name.find('.');
    auto const extension =
        dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
    bool const plain = std::all_of(extension.begin(), extension.end(),
                                   [](char c) { return c >= 'a' && c <= 'z'; });
    if (!PublicId::parse(name.substr(0, dot)) || extension.empty() || !plain) return std::nullopt;
    return directory_ / name.substr(0, 2) / name;
}

std::string FileStore::put(std::string_view bytes, std::string_view extension) {
    auto name = PublicId::make(random_).text() + '.' + std::string(extension);
    auto const path = path_of(name).value();
    auto const temporary = std::filesystem::path(path.string() + ".part");
    std::error_code failure;
    std::filesystem::create_directories(path.parent_path(), failure);
    bool kept = false;
    if (!failure) {
        Descriptor const file(
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        kept = file.number() >= 0 && write_whole(file.number(), bytes);
    }
    if (kept) std::filesystem::rename(temporary, path, failure);
    if (kept && !failure) {
        Descriptor const folder(
            ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        kept = folder.number() >= 0 && ::fsync(folder.number()) == 0;
    }
    if (!kept || failure) {
        std::filesystem::remove(temporary, failure);
        throw Refusal::nothing_saved();
    }
    return name;
}

std::optional<std::string> FileStore::get(std::string_view name) const {
    auto const path = path_of(name);
    if (!path) return std::nullopt;
    std::ifstream file(*path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

void FileStore::remove(std::string_view name) {
    std::error_code ignored;
    if (auto const path = path_of(name)) std::filesystem::remove(*path, ignored);
}

}  // namespace kith::web
