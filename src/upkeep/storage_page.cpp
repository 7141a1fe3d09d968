#include "upkeep/storage_page.hpp"

#include <filesystem>

#include "base/limits.hpp"
#include "database/size.hpp"
#include "notify/mail_store.hpp"
#include "web/audit.hpp"
#include "web/respond.hpp"

namespace kith::upkeep {
namespace {

namespace fs = std::filesystem;
using web::Answer;
using web::Call;

std::string in_words(Call const& call, std::int64_t bytes) {
    constexpr std::int64_t megabyte = 1'000'000;
    auto const megabytes = bytes / megabyte;
    if (megabytes < 1) return call.say("upkeep.size_small");
    if (megabytes < 10'000) return call.say("upkeep.size_megabytes", {{"count", megabytes}});
    return call.say("upkeep.size_gigabytes", {{"count", megabytes / 1000}});
}

/// The files below `root`, as far as they are counted.
std::int64_t bytes_below(fs::path const& root) {
    std::int64_t bytes = 0;
    std::size_t count = 0;
    std::error_code failure;
    for (fs::recursive_directory_iterator at(root, failure), end; !failure && at != end;
         at.increment(failure)) {
        if (++count > limits::files_counted_max) break;
        std::error_code gone;
        auto const size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
        if (!gone) bytes += static_cast<std::int64_t>(size);
    }
    return bytes;
}

void add_size(Call const& call, StoragePage& view, std::string_view what, std::int64_t bytes) {
    view.sizes.push_back({call.say(what), in_words(call, bytes), bytes});
}

void add_disk(Call const& call, StoragePage& view) {
    std::error_code failure;
    auto const space = fs::space(call.site.settings.data_directory, failure);
    if (failure) return;
    add_size(call, view, "upkeep.storage_free", static_cast<std::int64_t>(space.available));
    auto const state = disk_state(space.available, space.capacity);
    if (state == DiskState::tight) view.warnings.push_back(call.say("upkeep.disk_tight"));
    if (state == DiskState::nearly_full)
        view.warnings.push_back(call.say("upkeep.disk_nearly_full"));
}

void add_backup(Call const& call, StoragePage& view) {
    view.backs_up_itself = call.read().engine() == database::Engine::sqlite;
    view.backup_at = web::last_audit(call.read(), backup_made);
    if (!view.backs_up_itself) return;
    if (!view.backup_at) {
        view.warnings.push_back(call.say("upkeep.backup_never"));
    } else if (call.now() - *view.backup_at > limits::backup_age_max) {
        view.warnings.push_back(call.say("upkeep.backup_old"));
    }
}

Answer show_storage(Call& call) {
    StoragePage view;
    add_size(call, view, "upkeep.storage_database", database::size_of_database(call.read()));
    add_size(call, view, "upkeep.storage_files", bytes_below(call.site.files_directory));
    add_size(call, view, "upkeep.storage_mail", notify::size_of_mail(call.read(), call.viewer()));
    add_disk(call, view);
    add_backup(call, view);
    return web::respond(call, view,
                        {.title = call.say("upkeep.storage_title"), .place = web::Place::host});
}

}  // namespace

DiskState disk_state(std::uintmax_t free_bytes, std::uintmax_t all_bytes) {
    if (free_bytes < limits::disk_free_bytes_min) return DiskState::nearly_full;
    return free_bytes < all_bytes / 10 ? DiskState::tight : DiskState::roomy;
}

std::vector<web::Route> storage_routes() {
    return {web::get<StoragePage>("/host/storage", web::Access::host, show_storage)};
}

}  // namespace kith::upkeep
