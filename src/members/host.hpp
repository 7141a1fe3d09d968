#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::members {

/// Everything that is done for the house, by whoever may do it.
struct HostPage {
    static constexpr std::string_view page = "members/host";
    bool is_host = false;
    bool has_review = false;
    bool has_mail = false;
    bool has_jobs = false;
    bool has_storage = false;
    bool has_greeters = false;
    bool has_bonds = false;
    std::int64_t waiting = 0;  ///< at the door
    std::int64_t lines_to_check = 0;
};
BOOST_DESCRIBE_STRUCT(HostPage, (),
                      (is_host, has_review, has_mail, has_jobs, has_storage, has_greeters,
                       has_bonds, waiting, lines_to_check))

/// On Today: help lines that nobody looked at for too long, for the host.
[[nodiscard]] std::vector<web::TodayCard> host_cards(web::Call& call);

[[nodiscard]] std::vector<web::Route> host_routes();

}  // namespace kith::members
