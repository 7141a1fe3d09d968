#pragma once

#include "web/site.hpp"

namespace kith::notify {

/// Sends on what is due: one mail a member for all of it, and word to their devices of what they
/// want at once. A notice is marked in the deed that queues its mail: after a crash nothing is sent
/// twice and nothing is lost.
void deliver_notices(web::Site& site);

/// Works out anew when what still waits for the member is due: after a change of their wishes.
void plan_anew(database::Write& write, web::Site& site, Id<Member> member);

}  // namespace kith::notify
