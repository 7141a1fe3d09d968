#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/viewer.hpp"
#include "database/session.hpp"
#include "web/visitor.hpp"

namespace kith::notify {

struct PushSubscription;  // the tag of Id<PushSubscription>
struct PushMessage;       // the tag of Id<PushMessage>

struct SubscriptionToKeep {
    Id<Member> member;
    Id<web::SignInSession> session;
    std::string endpoint;
    std::string p256dh;
    std::string auth;
    Time at{};
};
/// Keeps where a browser can be reached; the same endpoint again is the same browser, now of this
/// member and session. The oldest go when a member has more than limits::push_subscriptions_max.
void keep_subscription(database::Write& write, SubscriptionToKeep const& subscription);
/// Ends the subscriptions of a session.
void end_subscriptions(database::Write& write, Id<web::SignInSession> session);
/// Whether the session's browser can be reached.
[[nodiscard]] bool is_subscribed(database::Read& read, Viewer const& viewer,
                                 Id<web::SignInSession> session);

/// A browser of a member's that may be told now.
struct SubscriptionRow {
    Id<PushSubscription> id;
    Id<web::SignInSession> session;
};
BOOST_DESCRIBE_STRUCT(SubscriptionRow, (), (id, session))
[[nodiscard]] std::vector<SubscriptionRow> subscriptions_of(database::Read& read,
                                                            Viewer const& viewer,
                                                            Id<Member> member);

/// Puts words to a browser on their way; gives the key of their job.
[[nodiscard]] Id<PushMessage> add_push(database::Write& write, Id<PushSubscription> subscription,
                                       Time now);

/// Words on their way, and where to.
struct PushRow {
    Id<PushMessage> id;
    Id<PushSubscription> subscription;
    Id<Member> member;
    Id<web::SignInSession> session;
    std::string endpoint;
    std::string p256dh;
    std::string auth;
    std::string language;
    std::int64_t attempts = 0;
    Time queued_at{};
};
BOOST_DESCRIBE_STRUCT(PushRow, (),
                      (id, subscription, member, session, endpoint, p256dh, auth, language,
                       attempts, queued_at))
[[nodiscard]] std::optional<PushRow> find_push(database::Read& read, Viewer const& viewer,
                                               Id<PushMessage> id);
void remove_push(database::Write& write, Id<PushMessage> id);
void note_push_delay(database::Write& write, Id<PushMessage> id);
void remove_subscription(database::Write& write, Id<PushSubscription> id);
/// Removes what belongs to sessions that have ended.
void forget_subscriptions(database::Write& write);
void erase_subscriptions(database::Write& write, Id<Member> member);

}  // namespace kith::notify
