#pragma once

#include "web/slice.hpp"

namespace kith::bonds {

/// At one's own pace: how open one is, and what one has with each person.
[[nodiscard]] web::Slice bonds_slice();

}  // namespace kith::bonds
