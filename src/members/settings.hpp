#pragma once

#include <string>
#include <vector>

#include "web/slice.hpp"

namespace kith::members {

/// Every setting, by what it is for.
struct SettingsPage {
    static constexpr std::string_view page = "members/settings";
    std::string profile_url;
    bool has_letters = false;  ///< between bonded members
    bool has_reach_outs = false;
    bool has_notices = false;
    bool has_thanks = false;
    bool has_sharing = false;
    bool has_distance = false;
    bool has_bonds = false;
    bool may_invite = false;
    bool being_erased = false;
};
BOOST_DESCRIBE_STRUCT(SettingsPage, (),
                      (profile_url, has_letters, has_reach_outs, has_notices, has_thanks,
                       has_sharing, has_distance, has_bonds, may_invite, being_erased))

[[nodiscard]] std::vector<web::Route> settings_routes();

}  // namespace kith::members
