#include "app/settings.hpp"

#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/email.hpp"
#include "web/trusted_proxies.hpp"

namespace kith::app {
namespace {

template <class Member>
auto text_setter(Member member) {
    return [member](Settings& settings, std::string const& text) {
        settings.*member = text;
        return true;
    };
}

template <class Member>
auto text_getter(Member member) {
    return [member](Settings const& settings) { return std::string(settings.*member); };
}

Setting text(std::string_view name, std::string Settings::*member, std::string_view expects,
             std::string_view help) {
    return {name, expects, help, text_setter(member), text_getter(member)};
}

bool is_web_url(std::string const& text) {
    auto const begins = text.starts_with("https://") || text.starts_with("http://");
    return begins && text.find_first_of(" \"<>\\\n;,") == std::string::npos && text.size() > 10;
}

Setting web_url(std::string_view name, std::string Settings::*member, std::string_view help) {
    auto setting = text(name, member, "a web address that begins with https:// or http://", help);
    setting.set = [member](Settings& settings, std::string const& text) {
        if (!text.empty() && !is_web_url(text)) return false;
        settings.*member = text;
        return true;
    };
    return setting;
}

/// Whether nothing that is sent to `host` leaves this computer.
bool is_this_computer(std::string_view host) {
    if (host == "localhost" || host == "::1" || host == "[::1]") return true;
    return host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos;
}

std::string_view host_of(std::string_view url) {
    auto const begin = std::min(url.find("://") + 3, url.size());
    auto const whole = url.substr(begin, url.find('/', begin) - begin);
    if (whole.find('@') != whole.npos) return {};
    if (whole.starts_with('[')) return whole.substr(0, whole.find(']') + 1);
    return whole.substr(0, whole.find(':'));
}

/// Over http the cookie of a session could be read on its way: only https leaves this computer.
bool set_public_url(Settings& settings, std::string const& text) {
    bool const fine =
        is_web_url(text) && (text.starts_with("https://") || is_this_computer(host_of(text)));
    settings.public_url = text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
    return text.empty() || fine;
}

void require_safe_address(Settings const& settings) {
    if (!settings.public_url.empty() || is_this_computer(parse_listen(settings.listen).host))
        return;
    throw SettingsFault("listen " + settings.listen +
                        " is open to the network: set public_url to the https:// address that "
                        "members type, and let a proxy such as Caddy answer there");
}

bool set_listen(Settings& settings, std::string const& text) {
    try {
        static_cast<void>(parse_listen(text));
    } catch (SettingsFault const&) {
        return false;
    }
    settings.listen = text;
    return true;
}

bool set_workers(Settings& settings, std::string const& text) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return false;
    settings.workers = value;
    return value >= 0 && value <= 256;
}

bool set_log_level(Settings& settings, std::string const& text) {
    settings.log_level = text;
    return text == "debug" || text == "info" || text == "warning" || text == "error";
}

bool set_smtp_url(Settings& settings, std::string const& text) {
    settings.smtp_url = text;
    return text.empty() || text.starts_with("smtp://") || text.starts_with("smtps://");
}

bool set_proxies(Settings& settings, std::string const& text) {
    settings.trusted_proxies.clear();
    std::istringstream words(text);
    for (std::string word; words >> word;) settings.trusted_proxies.push_back(word);
    try {
        web::TrustedProxies const understood(settings.trusted_proxies);
    } catch (std::invalid_argument const&) {
        return false;
    }
    return true;
}

std::string get_proxies(Settings const& settings) {
    std::string all;
    for (auto const& proxy : settings.trusted_proxies) all += (all.empty() ? "" : " ") + proxy;
    return all;
}

/// Whether lines could be added to `file`, whose folders may be missing yet. Nothing is made: the
/// file of a setting that another one overrides isn't this program's business.
bool can_be_written(std::filesystem::path const& file) {
    namespace fs = std::filesystem;
    std::error_code failure;
    if (fs::exists(file, failure))
        return !fs::is_directory(file, failure) && ::access(file.c_str(), W_OK) == 0;
    auto folder = fs::absolute(file, failure).parent_path();
    if (failure || !file.has_filename()) return false;
    while (!fs::exists(folder, failure) && folder.has_relative_path())
        folder = folder.parent_path();
    return fs::is_directory(folder, failure) && ::access(folder.c_str(), W_OK | X_OK) == 0;
}

bool set_log_file(Settings& settings, std::string const& text) {
    settings.log_file = text;
    return text.empty() || can_be_written(text);
}

/// A file where a directory is meant would be found only once something is to be put into it.
bool may_be_directory(std::string const& text) {
    std::error_code failure;
    return !std::filesystem::exists(text, failure) || std::filesystem::is_directory(text, failure);
}

bool set_files(Settings& settings, std::string const& text) {
    settings.files = text;
    return text.empty() || may_be_directory(text);
}

bool set_smtp_from(Settings& settings, std::string const& text) {
    settings.smtp_from = text;
    return text.empty() || valid_email(text);
}

bool set_database(Settings& settings, std::string const& text) {
    settings.database = text;
    return text.empty() || text.starts_with("sqlite://") || text.starts_with("postgresql://");
}

bool set_bus(Settings& settings, std::string const& text) {
    settings.bus = text;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find(',', at), text.size());
        auto const one = text.substr(at, end - at);
        auto const begins = one.starts_with("nats://") || one.starts_with("tls://");
        if (!begins || one.size() < 8) return false;
        at = end + 1;
    }
    return true;
}

Setting bus_setting() {
    Setting setting{"bus", "nats://HOST:PORT or tls://HOST:PORT, several with commas between",
                    "NATS servers, when several nodes serve one community. Empty: alone.", set_bus,
                    text_getter(&Settings::bus)};
    setting.secret = true;  // an address may hold a password
    return setting;
}

std::vector<Setting> make_settings() {
    std::vector<Setting> all;
    all.push_back({"data", "a directory", "Where the community lives: database, files, keys.",
                   [](Settings& s, std::string const& text) {
                       s.data = text;
                       return !text.empty() && may_be_directory(text);
                   },
                   [](Settings const& s) { return s.data.string(); }});
    all.push_back({"listen", "HOST:PORT, such as 127.0.0.1:8080", "Where the server listens.",
                   set_listen, text_getter(&Settings::listen)});
    all.push_back({"database", "sqlite:///FILE or postgresql://USER@HOST/NAME",
                   "The database. Empty: kith.db in the data directory.", set_database,
                   text_getter(&Settings::database)});
    all.push_back(bus_setting());
    all.push_back({"files", "a directory",
                   "Where pictures lie, the same place for all nodes. Empty: files in the data "
                   "directory.",
                   set_files, text_getter(&Settings::files)});
    all.push_back({"public_url",
                   "an address that begins with https:// (http:// only on this computer: "
                   "127.0.0.1, [::1] or localhost; elsewhere let a proxy such as Caddy answer "
                   "with https)",
                   "The address that members type. Empty: made from listen.", set_public_url,
                   text_getter(&Settings::public_url)});
    all.push_back(web_url("exit_url", &Settings::exit_url,
                          "Where \"Leave this site quickly\" goes: a plain, harmless site."));
    all.push_back({"smtp_url", "smtp://HOST:PORT or smtps://HOST:PORT",
                   "The mail server. Empty: mail waits in the queue.", set_smtp_url,
                   text_getter(&Settings::smtp_url)});
    all.push_back(text("smtp_user", &Settings::smtp_user, "a name", "Sign-in to the mail server."));
    all.push_back(text("smtp_password", &Settings::smtp_password, "a password",
                       "Sign-in to the mail server."));
    all.back().secret = true;
    all.push_back({"smtp_from", "an email address", "Whom mail comes from.", set_smtp_from,
                   text_getter(&Settings::smtp_from)});
    all.push_back(text("smtp_from_name", &Settings::smtp_from_name, "a name",
                       "A plain name for the sender; empty is discreet."));
    all.push_back({"trusted_proxies", "IP addresses, such as 127.0.0.1 or 2001:db8::1",
                   "Proxies whose X-Forwarded-For and -Proto count.", set_proxies, get_proxies});
    all.push_back({"log_file", "a file that can be opened for writing",
                   "Where the log goes; SIGHUP opens it anew. Empty: standard error.", set_log_file,
                   text_getter(&Settings::log_file)});
    all.push_back({"log_level", "debug, info, warning or error", "How much is logged.",
                   set_log_level, text_getter(&Settings::log_level)});
    all.push_back({"workers", "a number from 0 to 256", "Threads that answer. 0: two a core.",
                   set_workers, [](Settings const& s) { return std::to_string(s.workers); }});
    return all;
}

Setting const* find_setting(std::string_view name) {
    for (auto const& setting : all_settings())
        if (setting.name == name) return &setting;
    return nullptr;
}

void apply(Settings& settings, Setting const& setting, std::string const& value,
           std::string const& place) {
    if (setting.set(settings, value)) return;
    throw SettingsFault(place + ": " + std::string(setting.name) + " expects " +
                        std::string(setting.expects) +
                        (setting.secret ? "" : ", not \"" + shown_value(setting, value) + "\""));
}

std::string value_of(toml::node const& node, std::string const& place) {
    if (auto const* text = node.as_string()) return text->get();
    if (auto const* number = node.as_integer()) return std::to_string(number->get());
    if (auto const* list = node.as_array()) {
        std::string all;
        for (auto const& element : *list) {
            if (!element.is_string()) throw SettingsFault(place + ": a list holds texts only");
            all += (all.empty() ? "" : " ") + element.as_string()->get();
        }
        return all;
    }
    throw SettingsFault(place + ": expected a text in quotes, a whole number, or a list of texts");
}

void apply_file(Settings& settings, std::filesystem::path const& path) {
    try {
        auto const table = toml::parse_file(path.string());
        for (auto const& [key, node] : table) {
            auto const place = path.string() + ":" + std::to_string(node.source().begin.line);
            auto const* setting = find_setting(key.str());
            if (!setting)
                throw SettingsFault(place + ": there is no setting \"" + std::string(key.str()) +
                                    "\"; kith config check without this line lists them all");
            apply(settings, *setting, value_of(node, place), place);
        }
    } catch (toml::parse_error const& error) {
        throw SettingsFault(path.string() + ":" + std::to_string(error.source().begin.line) + ": " +
                            std::string(error.description()) +
                            "; expected lines such as listen = \"127.0.0.1:8080\"");
    }
}

std::string environment_name(std::string_view name) {
    std::string upper = "KITH_";
    for (char const c : name) upper += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    return upper;
}

std::string flag_name(std::string_view name) {
    std::string flag = "--";
    for (char const c : name) flag += c == '_' ? '-' : c;
    return flag;
}

void apply_environment(Settings& settings) {
    for (auto const& setting : all_settings()) {
        auto const name = environment_name(setting.name);
        if (char const* value = std::getenv(name.c_str()))
            apply(settings, setting, value, "environment " + name);
    }
}

}  // namespace

std::string shown_value(Setting const& setting, std::string const& value) {
    if (setting.secret && !value.empty()) return "(kept secret)";
    auto const scheme = value.find("://");
    if (scheme == value.npos) return value;
    auto shown = value;
    auto const hide = [&shown](std::size_t from, std::size_t end) {
        shown.replace(from, std::min(end, shown.size()) - from, "(kept secret)");
    };
    constexpr std::string_view named = "password=";
    if (auto const at = shown.find(named); at != shown.npos)
        hide(at + named.size(), shown.find('&', at));
    auto const host = shown.rfind('@');
    auto const colon = shown.find(':', scheme + 3);
    if (host != shown.npos && colon < host) hide(colon + 1, host);
    return shown;
}

std::span<Setting const> all_settings() {
    static auto const all = make_settings();
    return all;
}

Settings read_settings(std::optional<std::filesystem::path> const& file,
                       std::map<std::string, std::string> const& flags) {
    Settings settings;
    auto const data = flags.find("data");
    char const* const elsewhere = std::getenv("KITH_DATA");
    auto const folder = data != flags.end() ? std::filesystem::path(data->second)
                        : elsewhere         ? std::filesystem::path(elsewhere)
                                            : settings.data;
    bool const named = file.has_value();
    auto const path = file.value_or(folder / "kith.toml");
    std::error_code ignored;
    bool const is_there = std::filesystem::is_regular_file(path, ignored);
    if (named && !is_there) throw SettingsFault(path.string() + ": there is no such file to read");
    if (is_there && !std::ifstream(path))
        throw SettingsFault(path.string() + ": this file can't be opened for reading");
    if (is_there) apply_file(settings, path);
    apply_environment(settings);
    for (auto const& [name, value] : flags) {
        auto const* setting = find_setting(name);
        if (!setting) throw SettingsFault("there is no setting \"" + name + "\"");
        apply(settings, *setting, value, "flag " + flag_name(name));
    }
    require_safe_address(settings);
    return settings;
}

ListenAddress parse_listen(std::string const& listen) {
    auto const colon = listen.rfind(':');
    ListenAddress address;
    bool fine = colon != std::string::npos && colon > 0;
    if (fine) {
        address.host = listen.substr(0, colon);
        auto const* end = listen.data() + listen.size();
        auto const [rest, error] = std::from_chars(listen.data() + colon + 1, end, address.port);
        fine = error == std::errc{} && rest == end;
    }
    if (!fine) throw SettingsFault("listen expects HOST:PORT, not \"" + listen + "\"");
    if (address.host.starts_with('[') && address.host.ends_with(']'))
        address.host = address.host.substr(1, address.host.size() - 2);
    return address;
}

}  // namespace kith::app
