#include "web/zoned_time.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>

#include <memory>
#include <stdexcept>

namespace kith::web {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::sys_days;

void must(UErrorCode status) {
    if (U_FAILURE(status) != 0)
        throw std::runtime_error(std::string("the Unicode library: ") + u_errorName(status));
}

UDate icu_date(Time time) {
    return static_cast<UDate>(floor<milliseconds>(time).time_since_epoch().count());
}

std::unique_ptr<icu::TimeZone> zone_called(std::string const& name) {
    std::unique_ptr<icu::TimeZone> zone(
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
    if (*zone == icu::TimeZone::getUnknown()) zone.reset(icu::TimeZone::getGMT()->clone());
    return zone;
}

Time local(icu::TimeZone const& zone, Time time) {
    auto status = U_ZERO_ERROR;
    int32_t raw = 0;
    int32_t summer = 0;
    zone.getOffset(icu_date(time), 0, raw, summer, status);
    must(status);
    return time + milliseconds(raw + summer);
}

/// When the clock on the wall says `wall`: by the offset before a change, so that what is left out
/// comes later and what comes twice is the first.
Time moment_of(icu::TimeZone const& zone, Time wall) {
    auto status = U_ZERO_ERROR;
    int32_t raw = 0;
    int32_t summer = 0;
    auto const* rules = dynamic_cast<icu::BasicTimeZone const*>(&zone);
    if (rules != nullptr) {
        rules->getOffsetFromLocal(icu_date(wall), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw,
                                  summer, status);
    } else {
        zone.getOffset(icu_date(wall), 1, raw, summer, status);
    }
    must(status);
    return wall - milliseconds(raw + summer);
}

WallMinutes minutes_of(Time wall) { return floor<WallMinutes>(wall - floor<days>(wall)); }

}  // namespace

WallMinutes wall_minutes(std::string const& zone, Time time) {
    return minutes_of(local(*zone_called(zone), time));
}

sys_days wall_day(std::string const& zone, Time time) {
    return floor<days>(local(*zone_called(zone), time));
}

Time next_wall_time(std::string const& zone, WallMinutes minutes, Time after) {
    auto const here = zone_called(zone);
    auto const today = floor<days>(local(*here, after));
    for (int day = 0; day <= 1; ++day) {
        auto const moment = moment_of(*here, Time(today + days(day)) + minutes);
        if (moment > after) return moment;
    }
    // A zone that left out a whole day: Samoa, 30 December 2011.
    return moment_of(*here, Time(today + days(2)) + minutes);
}

bool QuietHours::hold(WallMinutes minutes) const {
    if (from <= until) return from <= minutes && minutes < until;
    return minutes >= from || minutes < until;
}

Time after_quiet(std::string const& zone, QuietHours const& quiet, Time time) {
    if (!quiet.hold(wall_minutes(zone, time))) return time;
    return next_wall_time(zone, quiet.until, time);
}

}  // namespace kith::web
