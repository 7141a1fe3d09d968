#pragma once

#include "web/nodes.hpp"
#include "web/slice.hpp"

namespace kith {

/// Comments: their own pages, what a steward reviews, and live events. Where they are shown is
/// each other slice's to say: see talk.hpp.
[[nodiscard]] web::Slice talk_slice();

namespace talk {

/// Lets nodes tell what other nodes have written.
[[nodiscard]] web::NewsHooks news_hooks();

}  // namespace talk

}  // namespace kith
