#pragma once

#include <string_view>

#include "web/call.hpp"

namespace kith::members {

/// Whether some room has a page at `path`: the house links to what is there and nothing else.
[[nodiscard]] bool has_page(web::Site const& site, std::string_view path);

/// Whether the viewer has shown lately who they are, so that a fresh route will do its deed.
[[nodiscard]] bool is_fresh(web::Call const& call);
/// Where the viewer shows it again, and comes back to `path`.
[[nodiscard]] std::string again_url(std::string_view path);

/// Refuses with a conflict while the session came in by a recovery code only lately.
void require_not_recovered(web::Call const& call);

}  // namespace kith::members
