#pragma once

#include <signal.h>

#include <iosfwd>

#include "app/community_house.hpp"

namespace kith::app {

/// Takes the signals that serve() waits for away from this thread and from all that it starts:
/// call it before there is another, or that one would be ended by them.
[[nodiscard]] sigset_t take_signals();

/// Serves the community until SIGTERM or SIGINT; SIGHUP opens the log anew. Prints the address to
/// `out` once the first request would be answered. Gives the exit status.
[[nodiscard]] int serve(CommunityHouse& community, sigset_t const& signals, std::ostream& out);

}  // namespace kith::app
