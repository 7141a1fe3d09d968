#pragma once

#include <string>
#include <vector>

#include "notify/notice_store.hpp"

namespace kith::notify {

/// A notice that came while its member rested, with what its place is called, if it has one.
struct MissedRow {
    NoticeRow notice;
    std::string place;
};

/// What the viewer missed in a rest and neither opened nor put away, newest first.
[[nodiscard]] std::vector<MissedRow> missed_by(database::Read& read, Viewer const& viewer,
                                               std::size_t limit);
[[nodiscard]] bool anything_missed(database::Read& read, Viewer const& viewer);
/// Puts away all that was missed, read or not.
void put_missed_away(database::Write& write, Viewer const& viewer, Time now);

}  // namespace kith::notify
