#pragma once

#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::welcome {

/// What a member has done of their first week.
struct FirstWeekRow {
    Time joined_at{};
    bool has_face = false;  ///< a picture, or words about themselves
    bool said_hello = false;
    bool in_circle = false;
    bool chose_notices = false;
};
BOOST_DESCRIBE_STRUCT(FirstWeekRow, (), (joined_at, has_face, said_hello, in_circle, chose_notices))
[[nodiscard]] FirstWeekRow first_week_of(database::Read& read, Viewer const& viewer);

/// What a member put aside, and when.
struct SkipRow {
    std::string step;
    Time skipped_at{};
};
BOOST_DESCRIBE_STRUCT(SkipRow, (), (step, skipped_at))
[[nodiscard]] std::vector<SkipRow> skips_of(database::Read& read, Viewer const& viewer);
void skip_step(database::Write& write, Id<Member> member, std::string_view step, Time at);
void forget_first_week(database::Write& write, Id<Member> member);
/// What was put aside in a week that is over is of no use to anybody.
void forget_old_skips(database::Write& write, Time before);

}  // namespace kith::welcome
