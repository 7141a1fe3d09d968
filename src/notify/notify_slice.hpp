#pragma once

#include "web/site.hpp"
#include "web/slice.hpp"

namespace kith::notify {

/// Mail on its way, and the host's page of what didn't arrive.
[[nodiscard]] web::Slice notify_slice();

/// Lets rooms below this one queue mail and tell members of something, and lights the lamp of the
/// frame. Before it, `furnish` is what the rooms below want of it.
void add_notify_hooks(web::SiteHooks& hooks);

}  // namespace kith::notify
