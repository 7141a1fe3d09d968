#pragma once

#include <string_view>

#include "web/http.hpp"

namespace kith::web {

/// True when an unsafe request comes from another site's page: Sec-Fetch-Site says so, or, where a
/// browser doesn't send it, Origin isn't ours. A program sends neither and has no ambient cookies.
/// (W3C Fetch Metadata; OWASP ASVS 5, 3.5.)
[[nodiscard]] bool from_another_site(HttpRequest const& request, std::string_view public_url);

}  // namespace kith::web
