#pragma once

#include <string>
#include <vector>

#include "web/slice.hpp"

namespace kith::members {

/// Explains leaving quickly before it is needed (SAFETY 1).
struct LeavePage {
    static constexpr std::string_view page = "app/leave";
    std::string exit_url;
};
BOOST_DESCRIBE_STRUCT(LeavePage, (), (exit_url))

[[nodiscard]] std::vector<web::Route> leave_routes();

}  // namespace kith::members
