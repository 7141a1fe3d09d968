#pragma once

#include <string>
#include <vector>

#include "members/session_rules.hpp"
#include "web/slice.hpp"

namespace kith::members {

/// One of the member's own sessions.
struct SessionItem {
    PublicId id;
    std::string described;  ///< "Firefox, Android"; empty when the device didn't say
    Device device = Device::shared;
    Time started_at{};
    Time seen_at{};
    bool this_one = false;
    std::string end_url;
};
BOOST_DESCRIBE_STRUCT(SessionItem, (),
                      (id, described, device, started_at, seen_at, this_one, end_url))

/// Where the member is signed in, and what was changed from elsewhere.
struct SessionsPage {
    static constexpr std::string_view page = "members/sessions";
    std::vector<SessionItem> items;
    std::vector<std::string> changes;
    bool may_end_others = false;
    bool delayed = false;  ///< came in by a recovery code: others can't be ended yet
};
BOOST_DESCRIBE_STRUCT(SessionsPage, (), (items, changes, may_end_others, delayed))

[[nodiscard]] std::vector<web::Route> session_routes();

}  // namespace kith::members
