#pragma once

#include <string>

#include "base/clock.hpp"
#include "web/reading.hpp"

namespace kith::web {

/// Appends the moment as people say it, in the reader's language and zone: "Today, 07:52",
/// "Tuesday, 21:40" within 6 days, "8 March" in this year, "8 March 2025".
void write_moment(std::string& out, Time time, Reading const& reading);
/// Appends the long date: "8 March 2025".
void write_date(std::string& out, Time time, Reading const& reading);
/// Appends the time of day: "07:52".
void write_time_of_day(std::string& out, Time time, Reading const& reading);
/// Appends "2025-03-08T07:52:00Z": to the minute, since seconds tell who sat at which keyboard.
void write_rfc3339(std::string& out, Time time);

}  // namespace kith::web
