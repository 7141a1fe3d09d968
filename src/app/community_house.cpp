#include "app/community_house.hpp"

#include <filesystem>

#include "app/log.hpp"
#include "app/slices.hpp"
#include "database/address.hpp"
#include "database/copy.hpp"
#include "essays/reach_out.hpp"
#include "members/members_slice.hpp"
#include "notify/notify_slice.hpp"
#include "talk/talk_slice.hpp"
#include "resources/app.hpp"
#include "web/command.hpp"
#include "web/static_files.hpp"

namespace kith::app {
namespace {

web::SiteSettings site_settings(Settings const& settings) {
    web::SiteSettings site;
    site.public_url = public_url(settings);
    site.data_directory = settings.data;
    site.picture_worker = own_program();
    site.exit_url = settings.exit_url;
    site.mail.url = settings.smtp_url;
    site.mail.user = settings.smtp_user;
    site.mail.password = settings.smtp_password;
    if (!settings.smtp_from.empty()) site.mail.from_address = settings.smtp_from;
    site.mail.from_name = settings.smtp_from_name;
    site.secure_cookies = site.public_url.starts_with("https://");
    return site;
}

web::OpenBus bus_of(Settings const& settings) {
    if (settings.bus.empty()) return nullptr;
    return [urls = settings.bus](std::string const& name, web::OnHint on_hint) {
        return web::open_nats(urls, name, std::move(on_hint));
    };
}

/// Where other nodes serve meanwhile, not every step may be done by one that starts.
web::OldDatabase how_to_upgrade(Settings const& settings, web::OldDatabase asked) {
    bool const beside = asked == web::OldDatabase::upgrade && !settings.bus.empty();
    return beside ? web::OldDatabase::upgrade_beside : asked;
}

}  // namespace

std::string own_program() {
    std::error_code failure;
    auto const path = std::filesystem::read_symlink("/proc/self/exe", failure);
    return failure ? std::string("kith") : path.string();
}

std::string database_url(Settings const& settings) {
    if (!settings.database.empty()) return settings.database;
    return "sqlite://" + (std::filesystem::absolute(settings.data) / "kith.db").string();
}

std::filesystem::path files_directory(Settings const& settings) {
    return settings.files.empty() ? settings.data / "files" : std::filesystem::path(settings.files);
}

std::string public_url(Settings const& settings) {
    return settings.public_url.empty() ? "http://" + settings.listen : settings.public_url;
}

void require_community(Settings const& settings) {
    namespace fs = std::filesystem;
    auto const url = database_url(settings);
    auto const address = database::address_of(url);
    if (address.engine == database::Engine::postgres) {
        if (!database::holds_nothing(url)) return;
        throw web::CommandRefused(
            "There is no community in this database. Look what the setting database names, or "
            "begin one with kith serve.");
    }
    std::error_code failure;
    bool const is_there = fs::status(address.target, failure).type() != fs::file_type::not_found;
    auto const bytes = is_there ? fs::file_size(address.target, failure) : 0;
    if (is_there && (failure || bytes > 0)) return;
    throw web::CommandRefused("There is no community in " + settings.data.string() +
                              ". Name its directory with --data, or begin one there with kith "
                              "serve.");
}

struct CommunityHouse::Parts {
    Parts(Settings the_settings, web::OldDatabase old_database)
        : settings(std::move(the_settings)),
          log(settings.log_file, settings.log_level),
          house({.settings = site_settings(settings),
                 .database_url = database_url(settings),
                 .slices = all_slices(),
                 .hooks = hooks(),
                 .frame = {{"app", app_resources()}},
                 .static_files = static_files(),
                 .clock = clock,
                 .random = random,
                 .log = log.logger(),
                 .old_database = how_to_upgrade(settings, old_database),
                 .open_bus = bus_of(settings),
                 .news = talk::news_hooks(),
                 .files_directory = files_directory(settings)}) {}

    [[nodiscard]] web::SiteHooks hooks() const {
        auto hooks = members_hooks();
        notify::add_notify_hooks(hooks);
        hooks.reach_out_url = essays::reach_out_url;
        return hooks;
    }

    Settings settings;
    SystemClock clock;
    SystemRandom random;
    Log log;
    web::House house;
};

CommunityHouse::CommunityHouse(Settings settings, web::OldDatabase old_database)
    : parts_(std::make_unique<Parts>(std::move(settings), old_database)) {}
CommunityHouse::~CommunityHouse() = default;

web::House& CommunityHouse::house() { return parts_->house; }
Settings const& CommunityHouse::settings() const { return parts_->settings; }
void CommunityHouse::reopen_log() { parts_->log.reopen(); }

}  // namespace kith::app
