#include "members/house_links.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "members/recovery.hpp"

namespace kith::members {

bool has_page(web::Site const& site, std::string_view path) {
    return site.routes != nullptr &&
           std::ranges::any_of(*site.routes, [path](web::Route const& route) {
               return route.verb == web::Verb::get && route.pattern == path;
           });
}

bool is_fresh(web::Call const& call) {
    return call.now() - call.visitor.authenticated_at <= limits::reauthentication_age_max;
}

std::string again_url(std::string_view path) {
    return "/sign-in/again?then=" + web::url_encode(path);
}

void require_not_recovered(web::Call const& call) {
    if (recovery_delays(call.read(), call.viewer(), call.visitor.session, call.now()))
        throw Refusal::conflict("members.recovered_lately");
}

}  // namespace kith::members
