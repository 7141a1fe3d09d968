#include "app/backup.hpp"

#include <sodium.h>

#include <array>
#include <fstream>
#include <map>
#include <ostream>
#include <sstream>

#include "upkeep/storage_page.hpp"
#include "web/audit.hpp"
#include "web/command.hpp"

namespace kith::app {
namespace {

namespace fs = std::filesystem;
using web::CommandRefused;

constexpr auto manifest_name = "SHA256SUMS";
constexpr auto database_name = "kith.db";

std::string sha256_of(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw CommandRefused(path.string() + " can't be read.");
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::array<char, 65536> part{};
    while (file.read(part.data(), part.size()) || file.gcount() > 0)
        crypto_hash_sha256_update(&state, reinterpret_cast<unsigned char const*>(part.data()),
                                  static_cast<unsigned long long>(file.gcount()));
    std::array<unsigned char, crypto_hash_sha256_BYTES> sum{};
    crypto_hash_sha256_final(&state, sum.data());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), sum.data(), sum.size());
    return hex.data();
}

std::vector<fs::path> files_below(fs::path const& root) {
    std::vector<fs::path> all;
    if (!fs::exists(root)) return all;
    for (auto const& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file()) all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
}

void write_manifest(fs::path const& root) {
    std::ostringstream lines;
    for (auto const& file : files_below(root))
        lines << sha256_of(file) << "  " << file.lexically_relative(root).string() << '\n';
    std::ofstream manifest(root / manifest_name);
    manifest << lines.str();
    manifest.close();
    if (!manifest) throw CommandRefused("The manifest can't be written; is the disk full?");
}

/// Every file of the manifest is there and unchanged. Gives how many there are.
std::size_t check_manifest(fs::path const& root) {
    std::ifstream manifest(root / manifest_name);
    if (!manifest)
        throw CommandRefused(root.string() + " holds no backup: " + manifest_name + " is missing.");
    std::size_t count = 0;
    for (std::string line; std::getline(manifest, line); ++count) {
        auto const name = line.size() > 66 ? fs::path(line.substr(66)) : fs::path();
        bool const inside = !name.empty() && name.is_relative() &&
                            name.lexically_normal().string().find("..") == std::string::npos;
        if (!inside) throw CommandRefused("The manifest has a line that names no file of it.");
        if (sha256_of(root / name) != line.substr(0, 64))
            throw CommandRefused("The backup is damaged: " + name.string() + " was changed.");
    }
    return count;
}

/// Files are never changed once written, so that copying them while the community runs is safe;
/// one that was removed meanwhile isn't needed.
void copy_files(fs::path const& from, fs::path const& to) {
    for (auto const& file : files_below(from)) {
        auto const target = to / file.lexically_relative(from);
        if (file.extension() == ".part") continue;
        fs::create_directories(target.parent_path());
        std::error_code gone;
        fs::copy_file(file, target, gone);
        if (gone && gone != std::errc::no_such_file_or_directory)
            throw CommandRefused(file.string() + " can't be copied: " + gone.message());
    }
}

/// Where a file of a backup belongs: pictures may lie in a place of their own.
fs::path place_of(Settings const& settings, fs::path const& name) {
    bool const is_picture = *name.begin() == "files" && !settings.files.empty();
    return is_picture ? settings.files / name.lexically_relative("files") : settings.data / name;
}

}  // namespace

void make_backup(CommunityHouse& community, fs::path const& to, std::ostream& out) {
    auto& site = community.house().site();
    if (site.database.engine() != database::Engine::sqlite)
        throw CommandRefused(
            "This community is on PostgreSQL: back it up with pg_dump or its "
            "continuous archiving, and copy the data directory beside it.");
    if (fs::exists(to))
        throw CommandRefused(to.string() + " is there already; name a new directory.");
    auto const data = community.settings().data;
    auto const aside = fs::path(to.string() + ".part");
    fs::remove_all(aside);
    fs::create_directories(aside);
    fs::permissions(aside, fs::perms::owner_all);
    // The database first: a file that it names was written before it, so none is missed.
    site.database.backup_to((aside / database_name).string());
    copy_files(site.files_directory, aside / "files");
    for (auto const* name : {"secret.key", "kith.toml"})
        if (fs::exists(data / name)) fs::copy_file(data / name, aside / name);
    write_manifest(aside);
    auto const count = check_manifest(aside);
    fs::rename(aside, to);
    site.database.write_now([&](database::Write& write) {
        web::note_audit(write, site.now(), upkeep::backup_made, "server", "");
    });
    out << "Backed up to " << to.string() << ": " << count << " files, checked.\n";
}

void restore_backup(fs::path const& from, Settings const& settings, std::ostream& out) {
    auto const count = check_manifest(from);
    if (fs::exists(settings.data / database_name))
        throw CommandRefused(settings.data.string() +
                             " holds a community already; name an empty directory with --data.");
    fs::create_directories(settings.data);
    for (auto const& file : files_below(from)) {
        auto const name = file.lexically_relative(from);
        if (name == manifest_name) continue;
        auto const to = place_of(settings, name);
        fs::create_directories(to.parent_path());
        fs::copy_file(file, to, fs::copy_options::overwrite_existing);
    }
    fs::permissions(settings.data / "secret.key", fs::perms::owner_read | fs::perms::owner_write);
    out << "Restored " << count << " files into " << settings.data.string() << ".\n";
}

}  // namespace kith::app
