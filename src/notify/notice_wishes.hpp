#pragma once

#include <boost/describe.hpp>
#include <string>

#include "base/clock.hpp"
#include "web/notice.hpp"
#include "web/zoned_time.hpp"

namespace kith::notify {

/// How a member is told of a kind of notice.
enum class NoticeWay {
    app,      ///< only where they see it themselves
    digest,   ///< with the mail of the day
    at_once,  ///< by mail and push, but not in quiet hours
};
BOOST_DESCRIBE_ENUM(NoticeWay, app, digest, at_once)

/// What mail says: that there is something, or what it is.
enum class Wording { neutral, full };
BOOST_DESCRIBE_ENUM(Wording, neutral, full)

/// How a member wants to be told, whatever the kind.
struct NoticeWishes {
    bool mail = true;
    Wording wording = Wording::neutral;
    web::QuietHours quiet{std::chrono::hours(21), std::chrono::hours(9)};
    web::WallMinutes digest_at = std::chrono::hours(9);
    bool operator==(NoticeWishes const&) const = default;
};

[[nodiscard]] NoticeWay way_of(web::NoticeDefault by_default);

/// When what is told in this way at `now` may leave the house: never in quiet hours.
[[nodiscard]] Time due_at(NoticeWay way, NoticeWishes const& wishes, std::string const& zone,
                          Time now);

}  // namespace kith::notify
