#pragma once

#include "web/slice.hpp"

namespace kith {

/// Comments: their own pages, what a steward reviews, and live events. Where they are shown is
/// each other slice's to say: see talk.hpp.
[[nodiscard]] web::Slice talk_slice();

}  // namespace kith
