#include "members/sessions.hpp"

#include "web/respond.hpp"

namespace kith::members {

void give_session_cookie(web::Site const& site, web::Answer& answer, std::string_view token,
                         Device device, Role role) {
    std::optional<std::chrono::seconds> age;
    if (device == Device::own) age = session_limits(device, role).age;
    web::set_cookie(site, answer, session_cookie, token, age);
}

void clear_session_cookie(web::Site const& site, web::Answer& answer) {
    web::set_cookie(site, answer, session_cookie, "", std::chrono::seconds(0));
}

web::Visitor recognise(web::Site& site, database::Read& read, web::HttpRequest const& request,
                       Time now) {
    return visitor_of(site, read, web::cookie(site, request, session_cookie), now);
}

}  // namespace kith::members
