#pragma once

#include <iosfwd>

#include "app/community_house.hpp"

namespace kith::app {

/// Serves the community until SIGTERM or SIGINT; SIGHUP opens the log anew. Prints the address to
/// `out` once the first request would be answered. Gives the exit status.
[[nodiscard]] int serve(CommunityHouse& community, std::ostream& out);

}  // namespace kith::app
