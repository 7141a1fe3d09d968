#include "notify/notice_wishes.hpp"

namespace kith::notify {

NoticeWay way_of(web::NoticeDefault by_default) {
    switch (by_default) {
        case web::NoticeDefault::app: return NoticeWay::app;
        case web::NoticeDefault::at_once: return NoticeWay::at_once;
        case web::NoticeDefault::digest: break;
    }
    return NoticeWay::digest;
}

Time due_at(NoticeWay way, NoticeWishes const& wishes, std::string const& zone, Time now) {
    auto const moment =
        way == NoticeWay::digest ? web::next_wall_time(zone, wishes.digest_at, now) : now;
    return web::after_quiet(zone, wishes.quiet, moment);
}

}  // namespace kith::notify
