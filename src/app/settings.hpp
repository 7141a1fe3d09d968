#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kith::app {

/// What the person who runs the server sets, by file, environment or flag.
struct Settings {
    std::filesystem::path data = "./var";
    std::string listen = "127.0.0.1:8080";
    std::string database;    ///< empty: SQLite in the data directory
    std::string bus;         ///< empty: this server is alone
    std::string files;       ///< empty: in the data directory
    std::string public_url;  ///< empty: made from `listen`
    std::string exit_url = "https://www.wikipedia.org/";
    std::string smtp_url;  ///< empty: mail waits in the queue
    std::string smtp_user;
    std::string smtp_password;
    std::string smtp_from;
    std::string smtp_from_name;
    std::vector<std::string> trusted_proxies;
    std::string log_file;  ///< empty: standard error
    std::string log_level = "info";
    std::int64_t workers = 0;  ///< 0: two a core
};

/// One setting, declared once: its name serves file, environment and flag.
struct Setting {
    std::string_view name;     ///< "smtp_url": KITH_SMTP_URL, --smtp-url
    std::string_view expects;  ///< "an address such as 127.0.0.1:8080"
    std::string_view help;
    std::function<bool(Settings&, std::string const&)> set;  ///< false: not what it expects
    std::function<std::string(Settings const&)> get;
    bool secret = false;
};

/// All settings, in the order in which help shows them.
[[nodiscard]] std::span<Setting const> all_settings();

/// The value as it may be shown: an address without the password in it, a secret not at all.
[[nodiscard]] std::string shown_value(Setting const& setting, std::string const& value);

/// A configuration that can't be used: names the place, and what was expected there.
class SettingsFault final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Defaults, then `file` (TOML; the data directory's kith.toml if it isn't named), then the
/// environment, then `flags`. Throws SettingsFault.
[[nodiscard]] Settings read_settings(std::optional<std::filesystem::path> const& file,
                                     std::map<std::string, std::string> const& flags);

/// "HOST:PORT" in two; throws SettingsFault.
struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;
};
[[nodiscard]] ListenAddress parse_listen(std::string const& listen);

}  // namespace kith::app
