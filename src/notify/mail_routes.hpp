#pragma once

#include <vector>

#include "web/route.hpp"

namespace kith::notify {

[[nodiscard]] std::vector<web::Route> mail_routes();

}  // namespace kith::notify
