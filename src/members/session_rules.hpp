#pragma once

#include <boost/describe.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/viewer.hpp"

namespace kith::members {

/// Where a session lives: on a device that others use too (the default), on the member's own, or
/// in a program.
enum class Device { shared, own, program };
BOOST_DESCRIBE_ENUM(Device, shared, own, program)

/// How a session began.
enum class Way { password, link, recovery, join };
BOOST_DESCRIBE_ENUM(Way, password, link, recovery, join)

/// How long a session may rest between two requests, and last in all.
struct SessionLimits {
    std::chrono::seconds idle;
    std::chrono::seconds age;
};

/// OWASP ASVS 5, level 2; whoever has more power has less time.
[[nodiscard]] SessionLimits session_limits(Device device, Role role);

/// Whether a session may still be used at `now`.
[[nodiscard]] bool session_alive(SessionLimits const& limits, Time started_at, Time seen_at,
                                 Time now);

/// "Firefox, Android": enough to recognise one's own device, from its User-Agent header.
[[nodiscard]] std::string describe_agent(std::string_view user_agent);

}  // namespace kith::members
