#include "bonds/pace.hpp"

#include <algorithm>

#include "notify/notice_settings_store.hpp"

namespace kith::bonds {
namespace {

using namespace std::chrono_literals;

Time next_monday(std::string const& zone, web::WallMinutes at, Time after) {
    auto when = web::next_wall_time(zone, at, after);
    while (std::chrono::weekday(web::wall_day(zone, when)) != std::chrono::Monday)
        when = web::next_wall_time(zone, at, when);
    return when;
}

}  // namespace

Time delivered_at(Receiving const& receiving, std::chrono::minutes unsend, Time sent) {
    auto when = sent + unsend;
    if (receiving.delivery == Delivery::daily)
        when = web::next_wall_time(receiving.zone, receiving.at, when);
    if (receiving.delivery == Delivery::weekly)
        when = next_monday(receiving.zone, receiving.at, when);
    return web::after_quiet(receiving.zone, receiving.quiet, when);
}

Time delivered_at(database::Read& read, Viewer const& sender, Id<Member> receiver, Time sent) {
    auto const unsend = std::chrono::minutes(pace_of(read, sender).unsend_minutes);
    auto const pace = pace_of(read, Viewer{receiver, Role::member});
    auto const told = notify::told_member(read, Viewer::server(), receiver);
    if (!told) return sent + unsend;
    auto const wishes = told->wishes();
    return delivered_at({pace.delivery, told->zone, wishes.quiet, wishes.digest_at}, unsend, sent);
}

Time held_until(database::Read& read, Id<Member> receiver, Time now) {
    auto const told = notify::told_member(read, Viewer::server(), receiver);
    return told ? web::after_quiet(told->zone, told->wishes().quiet, now) : now;
}

Time unsend_until(database::Read& read, Viewer const& sender, Time sent) {
    return sent + std::chrono::minutes(pace_of(read, sender).unsend_minutes);
}

}  // namespace kith::bonds
