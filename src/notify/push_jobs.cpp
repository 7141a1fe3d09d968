#include "notify/push_jobs.hpp"

#include <algorithm>
#include <charconv>

#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "members/sessions.hpp"
#include "notify/notice_settings_store.hpp"
#include "notify/notice_store.hpp"
#include "notify/push_crypto.hpp"
#include "notify/push_send.hpp"
#include "notify/push_store.hpp"
#include "web/json.hpp"

namespace kith::notify {
namespace {

/// All that leaves the house: that there is something, the same whatever it is.
struct PushWords {
    std::string title;
    std::string url;
};
BOOST_DESCRIBE_STRUCT(PushWords, (), (title, url))

Id<PushMessage> push_key(std::string const& payload) {
    Id<PushMessage> id;
    std::from_chars(payload.data(), payload.data() + payload.size(), id.value);
    return id;
}

PushReach reach_of(web::Site const& site) {
    return site.settings.push_to_loopback ? PushReach::loopback : PushReach::internet;
}

bool is_alive(database::Read& read, Id<Member> member, Id<web::SignInSession> session, Time now) {
    auto const alive = members::sessions_of(read, {member, Role::member}, now);
    return std::ranges::find(alive, session, &members::SessionRow::id) != alive.end();
}

/// What is to be done with words on their way.
enum class Fate { send, drop, end };
struct Plan {
    std::optional<PushRow> push;
    Fate fate = Fate::drop;
    Time not_before{};
};

Plan plan_of(database::Read& read, web::Site& site, Id<PushMessage> id) {
    auto const now = site.now();
    Plan plan{find_push(read, Viewer::server(), id)};
    if (!plan.push) return plan;
    auto const& push = *plan.push;
    auto const told = told_member(read, Viewer::server(), push.member);
    if (!told || !is_alive(read, push.member, push.session, now)) {
        plan.fate = Fate::end;
        return plan;
    }
    // Asked again when it is sent: what was seen meanwhile, or comes from someone apart now, isn't
    // told.
    bool const something = anything_new(read, {push.member, Role::member});
    if (something && now - push.queued_at <= limits::push_age_max) plan.fate = Fate::send;
    plan.not_before = web::after_quiet(told->zone, told->wishes().quiet, now);
    return plan;
}

/// 1, 2, 4 … minutes.
std::chrono::minutes wait_after(std::int64_t attempts) {
    return std::chrono::minutes(1LL << std::min<std::int64_t>(attempts, 8));
}

PushAnswer send(web::Site& site, PushRow const& push) {
    auto const p256dh = from_base64url(push.p256dh);
    auto const auth = from_base64url(push.auth);
    if (!p256dh || !auth) return PushAnswer::gone;
    PushWords const words{site.words.say(push.language, "notify.push_title"), "/notices"};
    auto const plain = web::to_json(words);
    auto const padding =
        limits::push_payload_bytes - std::min(limits::push_payload_bytes, plain.size());
    auto const& settings = site.settings;
    VapidClaims claims;
    claims.audience = origin_of(push.endpoint);
    claims.subject = settings.public_url.starts_with("https://")
                         ? settings.public_url
                         : "mailto:" + settings.mail.from_address;
    claims.expires_at = site.now() + limits::push_token_age_max;
    PushPost post;
    post.endpoint = push.endpoint;
    post.authorization = vapid_header(vapid_key(site.seal), claims);
    post.body = encrypt_push({*p256dh, *auth}, make_push_salt(site.random), plain, padding);
    post.topic = "notices";
    post.keep_for = std::chrono::duration_cast<std::chrono::seconds>(limits::push_age_max);
    post.reach = reach_of(site);
    return post_push(post);
}

void settle(database::Write& write, web::Site& site, PushRow const& push, PushAnswer answer) {
    bool const again = answer == PushAnswer::later && push.attempts + 1 < limits::push_attempts_max;
    if (again) {
        note_push_delay(write, push.id);
        return database::enqueue(write, std::string(send_push_job), std::to_string(push.id.value),
                                 site.now() + wait_after(push.attempts));
    }
    remove_push(write, push.id);
    if (answer == PushAnswer::gone || answer == PushAnswer::refused)
        remove_subscription(write, push.subscription);
}

}  // namespace

void queue_pushes(database::Write& write, web::Site& site, Id<Member> member) {
    for (auto const& browser : subscriptions_of(write, Viewer::server(), member)) {
        auto const id = add_push(write, browser.id, site.now());
        database::enqueue(write, std::string(send_push_job), std::to_string(id.value), site.now());
    }
}

void send_queued_push(web::Site& site, std::string const& payload) {
    auto const plan = site.database.read(
        [&](database::Read& read) { return plan_of(read, site, push_key(payload)); });
    if (!plan.push) return;
    auto const& push = *plan.push;
    if (plan.fate == Fate::send && plan.not_before > site.now())
        return site.database.write_now([&](database::Write& write) {
            database::enqueue(write, std::string(send_push_job), payload, plan.not_before);
        });
    auto const answer = plan.fate == Fate::send  ? send(site, push)
                        : plan.fate == Fate::end ? PushAnswer::gone
                                                 : PushAnswer::taken;
    site.database.write_now([&](database::Write& write) { settle(write, site, push, answer); });
}

std::string push_public_key(web::Site const& site) {
    return to_base64url(public_key_of(vapid_key(site.seal)));
}

}  // namespace kith::notify
