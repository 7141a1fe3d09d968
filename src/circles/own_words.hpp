#pragma once

#include <vector>

#include "database/session.hpp"
#include "web/archive.hpp"
#include "web/call.hpp"
#include "web/site.hpp"
#include "web/today.hpp"

namespace kith::circles {

/// What is new in the viewer's circles, and who waits for an answer of theirs.
[[nodiscard]] std::vector<web::TodayCard> today_cards(web::Call& call);

/// Puts what the member is and said in circles into the archive: their own words alone.
void export_own(web::Site& site, database::Read& read, Id<Member> member, web::Archive& archive);

/// Takes the member's words and memberships away.
void erase_own(database::Write& write, Id<Member> member);

/// Ends what is over: old invitations, circles nobody may keep, closed circles.
void tidy(web::Site& site);

}  // namespace kith::circles
