#pragma once

#include "web/slice.hpp"

namespace kith::letters {

/// Letters between two members, sealed in their browsers: the server keeps what it can't read.
[[nodiscard]] web::Slice letters_slice();

}  // namespace kith::letters
