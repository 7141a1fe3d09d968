#pragma once

#include <boost/describe.hpp>
#include <chrono>
#include <string>

#include "base/clock.hpp"
#include "base/viewer.hpp"
#include "database/session.hpp"
#include "web/zoned_time.hpp"

namespace kith::bonds {

/// When words reach a member.
enum class Delivery {
    now,     ///< as they come, but not in quiet hours
    daily,   ///< once a day, at the hour of the mail of the day
    weekly,  ///< on Mondays, at that hour
};
BOOST_DESCRIBE_ENUM(Delivery, now, daily, weekly)

/// A member's own pace.
struct Pace {
    Delivery delivery = Delivery::now;
    std::int64_t unsend_minutes = 0;  ///< in which they can take back what they sent; 0 to 60
};
BOOST_DESCRIBE_STRUCT(Pace, (), (delivery, unsend_minutes))

/// How someone receives words: their pace, by the clock on their own wall.
struct Receiving {
    Delivery delivery = Delivery::now;
    std::string zone;  ///< IANA; unknown is UTC
    web::QuietHours quiet;
    web::WallMinutes at{0};  ///< the hour of daily and weekly delivery
};

/// When words sent at `sent` reach `receiving`: never before the sender could take them back, never
/// in quiet hours.
[[nodiscard]] Time delivered_at(Receiving const& receiving, std::chrono::minutes unsend, Time sent);

/// The same for two members: what `sender` sends to `receiver` at `sent` is shown to the receiver,
/// and told, from this moment on. It is never shown to the sender, who sees only when they sent it
/// and how long they can take it back.
[[nodiscard]] Time delivered_at(database::Read& read, Viewer const& sender, Id<Member> receiver,
                                Time sent);

/// When words that are due at `now` may come to `receiver`: now, or at the end of the quiet hours
/// that they are in by now, whatever was reckoned when the words were sent.
[[nodiscard]] Time held_until(database::Read& read, Id<Member> receiver, Time now);

/// Until when `sender` can take back what they send at `sent`: by their own pace alone.
[[nodiscard]] Time unsend_until(database::Read& read, Viewer const& sender, Time sent);

/// The viewer's own pace.
[[nodiscard]] Pace pace_of(database::Read& read, Viewer const& viewer);

}  // namespace kith::bonds
