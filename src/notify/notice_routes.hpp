#pragma once

#include <vector>

#include "web/route.hpp"
#include "web/today.hpp"

namespace kith::notify {

[[nodiscard]] std::vector<web::Route> notice_routes();

/// Says on Today that there is something new; never how much.
[[nodiscard]] std::vector<web::TodayCard> notice_cards(web::Call& call);

}  // namespace kith::notify
