#include "app/backup_archive.hpp"

#include <sys/stat.h>

#include <map>
#include <sstream>

#include "app/disk.hpp"
#include "app/tar.hpp"
#include "web/command.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
using web::CommandRefused;

/// The hash of each file by its name.
using Sums = std::map<std::string, std::string>;

constexpr std::size_t digits = 64;
constexpr std::size_t manifest_bytes_max = 256 * 1024 * 1024;

std::string text_of(Sums const& sums) {
    std::ostringstream lines;
    for (auto const& [name, sum] : sums) lines << sum << "  " << name << '\n';
    return lines.str();
}

Sums sums_of(std::string const& text) {
    Sums sums;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        auto const name = line.size() > digits + 2 ? line.substr(digits + 2) : std::string();
        if (!is_inside(name))
            throw CommandRefused("The manifest has a line that names no file of it.");
        sums[name] = line.substr(0, digits);
    }
    return sums;
}

std::string sum_of(fs::path const& path) {
    web::Descriptor const file(open_to_read(path));
    auto const source = source_of(file.number(), path);
    Sha256 sum;
    for (auto bytes = source(); !bytes.empty(); bytes = source()) sum.add(bytes);
    return sum.digits();
}

/// A picture that its member has taken away meanwhile. Anything else must be there.
bool may_be_gone(BackupItem const& item) {
    return item.name.starts_with(files_name + std::string("/")) && !fs::exists(item.path);
}

/// Writes one file; gives its hash, or nothing when it isn't there any more.
std::optional<std::string> write_item(TarWriter& tar, BackupItem const& item) {
    if (may_be_gone(item)) return std::nullopt;
    web::Descriptor const file(open_to_read(item.path));
    struct stat state {};
    if (::fstat(file.number(), &state) != 0)
        throw CommandRefused(item.path.string() + " can't be read.");
    auto left = static_cast<std::uint64_t>(state.st_size);
    tar.begin(item.name, left);
    auto const source = source_of(file.number(), item.path);
    Sha256 sum;
    while (left > 0) {
        auto bytes = source();
        if (bytes.empty()) break;
        bytes.resize(std::min<std::uint64_t>(bytes.size(), left));
        left -= bytes.size();
        sum.add(bytes);
        tar.add(bytes);
    }
    tar.end_file();
    return sum.digits();
}

/// Reads one file of an archive; gives its hash.
std::string read_item(TarReader& tar, TarFile const& file, std::optional<fs::path> const& into) {
    std::optional<NewFile> target;
    if (into) {
        fs::create_directories((*into / file.name).parent_path());
        target.emplace(*into / file.name);
    }
    Sha256 sum;
    for (auto bytes = tar.read(); !bytes.empty(); bytes = tar.read()) {
        sum.add(bytes);
        if (target) target->write(bytes);
    }
    if (target) target->finish();
    return sum.digits();
}

std::string read_manifest(TarReader& tar, TarFile const& file) {
    if (file.size > manifest_bytes_max) throw CommandRefused("The backup is damaged.");
    std::string text;
    for (auto bytes = tar.read(); !bytes.empty(); bytes = tar.read()) text += bytes;
    return text;
}

/// What was found is what the manifest names.
void compare(Sums const& found, Sums const& named) {
    for (auto const& [name, sum] : named) {
        auto const at = found.find(name);
        if (at == found.end())
            throw CommandRefused("The backup is damaged: " + name + " can't be read.");
        if (at->second != sum)
            throw CommandRefused("The backup is damaged: " + name + " was changed.");
    }
    for (auto const& each : found)
        if (!named.contains(each.first))
            throw CommandRefused("The backup is damaged: " + each.first + " was added to it.");
    if (!named.contains(sqlite_name) && !named.contains(postgres_name))
        throw CommandRefused("The backup is damaged: it holds no database.");
}

}  // namespace

std::size_t write_archive(std::vector<BackupItem> const& items, Sink const& sink) {
    TarWriter tar(sink);
    Sums sums;
    for (auto const& item : items)
        if (auto sum = write_item(tar, item)) sums[item.name] = *std::move(sum);
    auto const manifest = text_of(sums);
    tar.begin(manifest_name, manifest.size());
    tar.add(manifest);
    tar.end_file();
    tar.end_archive();
    return sums.size();
}

std::size_t read_archive(Source source, std::optional<fs::path> const& into) {
    TarReader tar(std::move(source));
    Sums found;
    std::optional<std::string> manifest;
    while (auto const file = tar.next()) {
        if (manifest || found.contains(file->name))
            throw CommandRefused("The backup is damaged: it holds something twice.");
        if (file->name == manifest_name) {
            manifest = read_manifest(tar, *file);
        } else {
            found[file->name] = read_item(tar, *file, into);
        }
    }
    if (!manifest) throw CommandRefused("This holds no backup: its manifest is missing.");
    compare(found, sums_of(*manifest));
    return found.size();
}

void write_directory(std::vector<BackupItem> const& items, fs::path const& root) {
    Sums sums;
    for (auto const& item : items) {
        auto const target = root / item.name;
        if (item.path != target) {
            if (may_be_gone(item)) continue;
            fs::create_directories(target.parent_path());
            copy_durably(item.path, target);
        }
        sums[item.name] = sum_of(target);
    }
    NewFile manifest(root / manifest_name);
    manifest.write(text_of(sums));
    manifest.finish();
    force_to_disk(root);
}

std::size_t check_directory(fs::path const& root) {
    if (!fs::is_regular_file(root / manifest_name))
        throw CommandRefused(root.string() + " holds no backup: " + manifest_name + " is missing.");
    web::Descriptor const file(open_to_read(root / manifest_name));
    auto const source = source_of(file.number(), root / manifest_name);
    std::string text;
    for (auto bytes = source(); !bytes.empty(); bytes = source()) text += bytes;
    auto const named = sums_of(text);
    Sums found;
    for (auto const& each : named)
        if (fs::is_regular_file(root / each.first)) found[each.first] = sum_of(root / each.first);
    compare(found, named);
    return named.size();
}

}  // namespace kith::app
