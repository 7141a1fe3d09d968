#pragma once

#include "web/server.hpp"
#include "web/site.hpp"

namespace kith::app {

/// Shows what the server counts, and how the community and its machine are, to whoever looks at
/// /metrics. Nothing of it names or counts anybody's own.
void watch(web::Site& site, web::Server const& server);

}  // namespace kith::app
