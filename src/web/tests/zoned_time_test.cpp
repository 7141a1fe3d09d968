#include "web/zoned_time.hpp"

#include <doctest/doctest.h>

using namespace kith;
using namespace kith::web;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

Time utc(int month, int day, int hour, int minute = 0, int year_of = 2026) {
    auto const date = sys_days(year(year_of) / month / day);
    return Time(date) + hours(hour) + minutes(minute);
}

std::string const berlin = "Europe/Berlin";

}  // namespace

TEST_CASE("a time of day comes by the clock on the wall, before and after summer time") {
    CHECK(next_wall_time(berlin, 9h, utc(3, 28, 7)) == utc(3, 28, 8));
    CHECK(next_wall_time(berlin, 9h, utc(3, 28, 8)) == utc(3, 29, 7));
    CHECK(next_wall_time(berlin, 9h, utc(10, 24, 8)) == utc(10, 25, 8));
    CHECK(next_wall_time(berlin, 0h, utc(3, 28, 22, 59)) == utc(3, 28, 23));
    CHECK(next_wall_time("UTC", 9h, utc(3, 28, 8)) == utc(3, 28, 9));
    CHECK(next_wall_time("Nowhere/At_all", 9h, utc(3, 28, 8)) == utc(3, 28, 9));
}

TEST_CASE("a time of day that is left out comes an hour later, and one that comes twice at first") {
    // 29 March: 02:00 is 03:00. 25 October: 03:00 is 02:00 again.
    CHECK(next_wall_time(berlin, 2h + 30min, utc(3, 29, 0)) == utc(3, 29, 1, 30));
    CHECK(next_wall_time(berlin, 2h + 30min, utc(10, 24, 22)) == utc(10, 25, 0, 30));
    CHECK(next_wall_time(berlin, 2h + 30min, utc(10, 25, 0, 30)) == utc(10, 26, 1, 30));
}

TEST_CASE("a day that a zone leaves out is gone over") {
    // Samoa went from 29 to 31 December 2011.
    CHECK(next_wall_time("Pacific/Apia", 9h, utc(12, 29, 20, 0, 2011)) == utc(12, 30, 19, 0, 2011));
}

TEST_CASE("quiet hours may go over midnight, hold their first minute and not their last") {
    QuietHours const night{21h, 9h};
    CHECK(night.hold(21h));
    CHECK(night.hold(0h));
    CHECK(night.hold(8h + 59min));
    CHECK_FALSE(night.hold(9h));
    CHECK_FALSE(night.hold(20h + 59min));
    QuietHours const noon{12h, 14h};
    CHECK(noon.hold(12h));
    CHECK_FALSE(noon.hold(14h));
    CHECK_FALSE(noon.hold(0h));
    CHECK_FALSE(QuietHours{9h, 9h}.hold(9h));
}

TEST_CASE("what falls into quiet hours comes at their end") {
    QuietHours const night{21h, 9h};
    CHECK(after_quiet(berlin, night, utc(3, 28, 19)) == utc(3, 28, 19));
    CHECK(after_quiet(berlin, night, utc(3, 28, 20)) == utc(3, 29, 7));
    CHECK(after_quiet(berlin, night, utc(3, 29, 6, 59)) == utc(3, 29, 7));
    CHECK(after_quiet(berlin, night, utc(10, 24, 19)) == utc(10, 25, 8));
    CHECK(after_quiet(berlin, QuietHours{}, utc(3, 28, 20)) == utc(3, 28, 20));
}

TEST_CASE("a day is the one on the wall") {
    CHECK(wall_day(berlin, utc(3, 28, 22, 59)) == sys_days(2026y / 3 / 28));
    CHECK(wall_day(berlin, utc(3, 28, 23)) == sys_days(2026y / 3 / 29));
    CHECK(wall_minutes(berlin, utc(3, 28, 23, 30)) == 30min);
}
