#pragma once

#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "bonds/bonds.hpp"
#include "bonds/pace.hpp"

namespace kith::bonds {

/// A rest from everything.
struct RestRow {
    Time since{};
    std::optional<Time> until;  ///< none: until they come back
};
BOOST_DESCRIBE_STRUCT(RestRow, (), (since, until))

/// The viewer's own rest, if they rest.
[[nodiscard]] std::optional<RestRow> rest_of(database::Read& read, Viewer const& viewer);
/// Begins to rest, or changes until when.
void begin_rest(database::Write& write, Viewer const& viewer, Time now, std::optional<Time> until);
void end_rest(database::Write& write, Viewer const& viewer);
/// Ends every rest whose time has come.
void end_due_rests(database::Write& write, Time now);

/// The viewer's own dial, as it is beside any rest.
[[nodiscard]] Openness dial_of(database::Read& read, Viewer const& viewer);
/// Keeps a dial that isn't resting.
void set_dial(database::Write& write, Viewer const& viewer, Openness dial);

void set_pace(database::Write& write, Viewer const& viewer, Pace const& pace);

/// The highest step of the community; only the host changes it.
[[nodiscard]] Step ceiling_of(database::Read& read);
void set_ceiling(database::Write& write, Step step);

/// How it stands with the helper of small steps, where the viewer has switched it on.
struct SmallStepRow {
    std::int64_t turn = 0;
    Time quiet_until{};
};
BOOST_DESCRIBE_STRUCT(SmallStepRow, (), (turn, quiet_until))
[[nodiscard]] std::optional<SmallStepRow> small_steps_of(database::Read& read,
                                                         Viewer const& viewer);
void switch_small_steps_on(database::Write& write, Viewer const& viewer, Time now);
void switch_small_steps_off(database::Write& write, Viewer const& viewer);
/// Nothing before `quiet_until`, and then the next.
void turn_small_step(database::Write& write, Viewer const& viewer, Time quiet_until);

}  // namespace kith::bonds
