#include "notify/push_store.hpp"

#include "base/limits.hpp"

namespace kith::notify {
namespace {

using database::bind;
using database::execute;
using database::Sql;

void require_server(Viewer const& viewer) {
    if (!viewer.is_server()) throw Refusal::not_found();
}

constexpr Sql keep = R"(
    insert into push_subscriptions (member, session, endpoint, p256dh, auth, made_at)
    values (:member, :session, :endpoint, :p256dh, :auth, :now)
    on conflict (endpoint) do update set member = excluded.member, session = excluded.session,
        p256dh = excluded.p256dh, auth = excluded.auth, made_at = excluded.made_at)";
constexpr Sql drop_oldest = R"(
    delete from push_subscriptions where member = :member and id not in (
        select s.id from push_subscriptions s where s.member = :member
        order by s.made_at desc, s.id desc limit :most))";
constexpr Sql end_of_session = "delete from push_subscriptions where session = :session";
constexpr Sql any_of_session = R"(
    select count(*) from push_subscriptions where session = :session and member = :viewer)";
constexpr Sql of_member =
    "select id, session from push_subscriptions where member = :member order by id";
constexpr Sql add = R"(
    insert into push_queue (subscription, queued_at) values (:subscription, :now) returning id)";
constexpr Sql one = R"(
    select q.id, s.id, s.member, s.session, s.endpoint, s.p256dh, s.auth,
           case when m.language = '' then k.language else m.language end, q.attempts, q.queued_at
    from push_queue q join push_subscriptions s on s.id = q.subscription
    join members m on m.id = s.member cross join community k
    where q.id = :id)";
constexpr Sql remove_one = "delete from push_queue where id = :id";
constexpr Sql delay = "update push_queue set attempts = attempts + 1 where id = :id";
constexpr Sql remove_browser = "delete from push_subscriptions where id = :id";
constexpr Sql forget = R"(
    delete from push_subscriptions where not exists (
        select 1 from sessions s
        where s.id = push_subscriptions.session and s.ended_at is null))";
constexpr Sql erase = "delete from push_subscriptions where member = :member";

}  // namespace

void keep_subscription(database::Write& write, SubscriptionToKeep const& subscription) {
    execute(write, keep, bind("member", subscription.member), bind("session", subscription.session),
            bind("endpoint", subscription.endpoint), bind("p256dh", subscription.p256dh),
            bind("auth", subscription.auth), bind("now", subscription.at));
    execute(write, drop_oldest, bind("member", subscription.member),
            bind("most", limits::push_subscriptions_max));
}

void end_subscriptions(database::Write& write, Id<web::SignInSession> session) {
    execute(write, end_of_session, bind("session", session));
}

bool is_subscribed(database::Read& read, Viewer const& viewer, Id<web::SignInSession> session) {
    return database::number(read, any_of_session, bind("session", session),
                            bind("viewer", viewer.member)) > 0;
}

std::vector<SubscriptionRow> subscriptions_of(database::Read& read, Viewer const& viewer,
                                              Id<Member> member) {
    require_server(viewer);
    return database::rows<SubscriptionRow>(read, of_member, bind("member", member));
}

Id<PushMessage> add_push(database::Write& write, Id<PushSubscription> subscription, Time now) {
    return database::one<Id<PushMessage>>(write, add, bind("subscription", subscription),
                                          bind("now", now));
}

std::optional<PushRow> find_push(database::Read& read, Viewer const& viewer, Id<PushMessage> id) {
    require_server(viewer);
    return database::maybe<PushRow>(read, one, bind("id", id));
}

void remove_push(database::Write& write, Id<PushMessage> id) {
    execute(write, remove_one, bind("id", id));
}

void note_push_delay(database::Write& write, Id<PushMessage> id) {
    execute(write, delay, bind("id", id));
}

void remove_subscription(database::Write& write, Id<PushSubscription> id) {
    execute(write, remove_browser, bind("id", id));
}

void forget_subscriptions(database::Write& write) { execute(write, forget); }

void erase_subscriptions(database::Write& write, Id<Member> member) {
    execute(write, erase, bind("member", member));
}

}  // namespace kith::notify
