#include "web/cross_site.hpp"

namespace kith::web {

bool from_another_site(HttpRequest const& request, std::string_view public_url) {
    auto const site = request.header("sec-fetch-site");
    if (!site.empty()) return site != "same-origin" && site != "none";
    auto const origin = request.header("origin");
    if (origin.empty()) return false;
    if (origin == public_url) return false;
    auto const scheme_end = origin.find("://");
    if (scheme_end == std::string_view::npos) return true;
    auto const scheme = origin.substr(0, scheme_end);
    bool const scheme_is_ours = request.over_tls ? scheme == "https" : scheme == "http";
    return !scheme_is_ours || origin.substr(scheme_end + 3) != request.header("host");
}

}  // namespace kith::web
