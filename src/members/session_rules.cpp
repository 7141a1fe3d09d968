#include "members/session_rules.hpp"

#include <algorithm>
#include <array>

#include "base/limits.hpp"

namespace kith::members {
namespace {

struct Sign {
    std::string_view in_header;
    std::string_view word;
};

// The order matters: each browser's header also names those it came from.
constexpr std::array browsers = {
    Sign{"Firefox/", "Firefox"},
    Sign{"FxiOS/", "Firefox"},
    Sign{"Edg/", "Edge"},
    Sign{"OPR/", "Opera"},
    Sign{"SamsungBrowser/", "Samsung Internet"},
    Sign{"Chrome/", "Chrome"},
    Sign{"CriOS/", "Chrome"},
    Sign{"Safari/", "Safari"},
    Sign{"curl/", "curl"},
};
constexpr std::array systems = {
    Sign{"Android", "Android"}, Sign{"iPhone", "iPhone"}, Sign{"iPad", "iPad"},
    Sign{"Windows", "Windows"}, Sign{"Mac OS X", "Mac"},  Sign{"CrOS", "Chromebook"},
    Sign{"Linux", "Linux"},
};

std::string_view first_of(std::span<Sign const> signs, std::string_view header) {
    for (auto const& sign : signs)
        if (header.find(sign.in_header) != std::string_view::npos) return sign.word;
    return {};
}

}  // namespace

SessionLimits session_limits(Device device, Role role) {
    SessionLimits found{limits::session_idle_max, limits::session_age_max};
    if (device == Device::shared) found.idle = limits::session_shared_idle_max;
    if (device == Device::own)
        found = {limits::session_own_device_age_max, limits::session_own_device_age_max};
    if (role >= Role::guide) {
        found.idle = std::min<std::chrono::seconds>(found.idle, limits::session_staff_idle_max);
        found.age = std::min<std::chrono::seconds>(found.age, limits::session_staff_age_max);
    }
    return found;
}

bool session_alive(SessionLimits const& limits, Time started_at, Time seen_at, Time now) {
    return now - seen_at < limits.idle && now - started_at < limits.age;
}

std::string describe_agent(std::string_view user_agent) {
    std::string words(first_of(browsers, user_agent));
    auto const system = first_of(systems, user_agent);
    if (!words.empty() && !system.empty()) words += ", ";
    return words.append(system);
}

}  // namespace kith::members
