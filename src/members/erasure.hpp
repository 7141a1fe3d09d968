#pragma once

#include <optional>
#include <string>
#include <vector>

#include "members/members.hpp"
#include "web/slice.hpp"

namespace kith::members {

/// What happens when one's account is erased, and the way back while there is one.
struct ErasePage {
    static constexpr std::string_view page = "members/erase";
    std::optional<Time> erase_at;  ///< asked for already
    bool last_host = false;        ///< somebody else must be able to look after the house first
    bool fresh = false;            ///< else it asks who it is first
    std::string again_url;
};
BOOST_DESCRIBE_STRUCT(ErasePage, (), (erase_at, last_host, fresh, again_url))

/// Erases the member and everything of theirs in every room, in one deed.
void erase_member(web::Site& site, Id<Member> member);

/// The hourly job: erases those whose time to come back is over.
void erase_due_members(web::Site& site, std::string const& payload);

/// On Today: the way back, while there is one.
[[nodiscard]] std::vector<web::TodayCard> erasure_cards(web::Call& call);

[[nodiscard]] std::vector<web::Route> erasure_routes();

}  // namespace kith::members
