#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "web/call.hpp"
#include "web/route.hpp"

namespace kith::notify {

/// A button that ends mail of notices, and what was done.
struct UnsubscribePage {
    static constexpr std::string_view page = "notify/unsubscribe";
    bool ended = false;
    std::string action;
};
BOOST_DESCRIBE_STRUCT(UnsubscribePage, (), (ended, action))

/// Makes a link for one mail; one POST there ends mail of notices, without signing in.
[[nodiscard]] std::string make_unsubscribe_url(database::Write& write, web::Site& site,
                                               Id<Member> member);

[[nodiscard]] std::vector<web::Route> unsubscribe_routes();

}  // namespace kith::notify
