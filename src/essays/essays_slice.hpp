#pragma once

#include "web/slice.hpp"

namespace kith {

/// Essays: reading, writing, their pictures and history, the feed, thanks, and letters to authors.
[[nodiscard]] web::Slice essays_slice();

}  // namespace kith
