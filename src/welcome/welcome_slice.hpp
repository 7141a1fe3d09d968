#pragma once

#include "web/slice.hpp"

namespace kith {

/// Saying hello, who answers, and what nobody has answered yet.
[[nodiscard]] web::Slice welcome_slice();

}  // namespace kith
