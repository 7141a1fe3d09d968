#pragma once

#include <optional>
#include <vector>

#include "members/members.hpp"

namespace kith::members {

/// Begins to erase the member: they may come back until `at`. Their sessions end.
void begin_erasing(web::Site& site, database::Write& write, Id<Member> member, Time at);
/// The member stays; false when they were not being erased.
[[nodiscard]] bool come_back(database::Write& write, Id<Member> member);
/// When the viewer will be erased, if they asked for it.
[[nodiscard]] std::optional<Time> erased_from(database::Read& read, Viewer const& viewer);

/// The members whose time to come back is over; for the server alone.
[[nodiscard]] std::vector<Id<Member>> members_to_erase(database::Read& read, Viewer const& viewer,
                                                       Time now);
/// Takes everything out of the member's row; what is left is a number that others point to.
void wipe_member(database::Write& write, Id<Member> member, PublicId const& new_id);

}  // namespace kith::members
