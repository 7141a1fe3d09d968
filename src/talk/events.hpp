#pragma once

#include "web/call.hpp"

namespace kith::talk {

/// GET /events?on={discussion}: what happens there from now on, after what was missed since
/// Last-Event-ID (or `after`, or `since` of the page).
[[nodiscard]] web::Answer show_events(web::Call& call);

}  // namespace kith::talk
