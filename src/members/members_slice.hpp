#pragma once

#include "web/site.hpp"
#include "web/slice.hpp"

namespace kith {

/// Members: who they are, how they come in, and how they leave.
[[nodiscard]] web::Slice members_slice();

/// How the members' room takes part in each request: sessions and the community's frame.
/// `queue_mail` is left to whoever sends mail.
[[nodiscard]] web::SiteHooks members_hooks();

}  // namespace kith
