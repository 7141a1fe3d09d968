#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "web/route.hpp"

namespace kith::notify {

/// What a browser gives for being reached (Push API), as base64url without padding.
struct PushForm {
    std::string endpoint;
    std::string p256dh;
    std::string auth;
};
BOOST_DESCRIBE_STRUCT(PushForm, (), (endpoint, p256dh, auth))

[[nodiscard]] std::vector<web::Route> push_routes();

}  // namespace kith::notify
