#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/call.hpp"
#include "web/today.hpp"

namespace kith::app {

/// The home of a member: what needs them, who waits, what is new. Finite, and it says where it
/// ends.
struct TodayPage {
    static constexpr std::string_view page = "app/today";
    std::string heading;  ///< "Thursday morning", as it is for the viewer
    std::string lead;
    std::vector<web::TodayCard> beginnings;
    std::vector<web::TodayCard> needs;
    std::vector<web::TodayCard> waits;
    std::vector<web::TodayCard> news;
    std::vector<web::TodayCard> side;
    bool side_any = false;
    bool resting = false;  ///< the viewer, from everything
};
BOOST_DESCRIBE_STRUCT(TodayPage, (),
                      (heading, lead, beginnings, needs, waits, news, side, side_any, resting))

[[nodiscard]] web::Answer show_today(web::Call& call);

}  // namespace kith::app
