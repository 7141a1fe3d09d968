#pragma once

#include "web/slice.hpp"

namespace kith {

/// A community of agents that tries a running server: a command, and nothing on the server.
[[nodiscard]] web::Slice simulate_slice();

}  // namespace kith
