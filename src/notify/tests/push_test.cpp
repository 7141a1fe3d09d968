#include "base/base64url.hpp"
#include "members/sessions.hpp"
#include "notice_site.hpp"
#include "notify/delivery.hpp"
#include "notify/push_send.hpp"
#include "push_reader.hpp"
#include "push_service.hpp"

using namespace kith;
using namespace kith::notify;
using namespace kith::notify::testing;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

constexpr database::Sql count_subscriptions = "select count(*) from push_subscriptions";
constexpr database::Sql count_queued = "select count(*) from push_queue";

/// A browser with keys of its own, signed in as a member.
struct PushBrowser {
    PrivateKey key;
    Bytes auth{16, std::byte{5}};
    Browser browser;
    std::string token;

    PushBrowser(NoticeSite& site, Person const& person, members::Device device)
        : key(make_private_key(site.test.random)), browser(site.test.browser()) {
        token = site.write([&](database::Write& write) {
            return members::start_session(site.site(), write,
                                          {person.id, device, members::Way::password, "Test"});
        });
        browser.cookies["token"] = token;
    }

    [[nodiscard]] FormFields form(std::string const& endpoint) const {
        return {{"endpoint", endpoint},
                {"p256dh", to_base64url(public_key_of(key))},
                {"auth", to_base64url(auth)}};
    }
    Reply subscribe(std::string const& endpoint) {
        return browser.post("/settings/notices/device", form(endpoint));
    }
};

std::int64_t count(NoticeSite& site, database::Sql const& sql) {
    return site.test.database().read(
        [&](database::Read& read) { return database::number(read, sql); });
}

void deliver(NoticeSite& site) {
    deliver_notices(site.site());
    site.test.house().run_due_jobs();
}

std::string header(PushService::Request const& request, std::string_view name) {
    return std::string(request[boost::beast::string_view(name.data(), name.size())]);
}

}  // namespace

TEST_CASE("what is wanted at once shows on a device of one's own, and says only that it is there") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.site().settings.push_to_loopback = true;
        PushService service;
        PushBrowser maya(site, site.maya, members::Device::own);
        CHECK(maya.subscribe(service.origin() + "/to/maya").status == 303);
        CHECK(maya.browser.get_json("/settings/notices").json().at("push_on").as_bool());
        site.tell(called, site.joel, site.maya, "a");
        deliver(site);
        deliver(site);
        auto requests = service.requests();
        REQUIRE(requests.size() == 1);
        auto const& request = requests[0];
        CHECK(request.method() == boost::beast::http::verb::post);
        CHECK(request.target() == "/to/maya");
        CHECK(header(request, "content-encoding") == "aes128gcm");
        CHECK(header(request, "ttl") == "86400");
        CHECK(header(request, "urgency") == "normal");
        CHECK(header(request, "topic") == "notices");
        auto const token = token_in(header(request, "authorization"));
        CHECK(token.signature_holds);
        CHECK(token.claims.at("aud").as_string() == service.origin());
        CHECK(to_base64url(token.public_key) ==
              maya.browser.get_json("/settings/notices").json().at("push_key").as_string());
        CHECK(read_push(maya.key, maya.auth, request.body()) ==
              R"({"title":"You have an update","url":"/notices"})");
        // Whatever it tells of, it has the same size.
        site.as(site.maya).post("/notices/seen");
        site.tell(called, site.kofi, site.maya, std::string(200, 'b'));
        deliver(site);
        requests = service.requests();
        REQUIRE(requests.size() == 2);
        CHECK(requests[0].body().size() == requests[1].body().size());
        CHECK(count(site, count_queued) == 0);
    }
}

TEST_CASE("the mail of the day makes no sound, and quiet hours hold for devices too") {
    NoticeSite site;
    site.site().settings.push_to_loopback = true;
    PushService service;
    PushBrowser maya(site, site.maya, members::Device::own);
    CHECK(maya.subscribe(service.origin() + "/to/maya").status == 303);
    site.tell(greeted, site.joel, site.maya, "a");
    site.test.clock.move(1h + 1min);
    site.tell(called, site.joel, site.maya, "b");
    deliver(site);
    CHECK(service.requests().empty());
    site.test.clock.move(12h);
    deliver(site);
    CHECK(service.requests().size() == 1);
}

TEST_CASE("what was seen, or comes from someone apart by then, isn't pushed") {
    NoticeSite site;
    site.site().settings.push_to_loopback = true;
    PushService service;
    PushBrowser maya(site, site.maya, members::Device::own);
    CHECK(maya.subscribe(service.origin() + "/to/maya").status == 303);
    site.tell(called, site.joel, site.maya, "a");
    deliver_notices(site.site());
    site.separate(site.maya, site.joel);
    site.test.house().run_due_jobs();
    CHECK(service.requests().empty());
    CHECK(count(site, count_queued) == 0);
    CHECK(count(site, count_subscriptions) == 1);
}

TEST_CASE("a subscription ends with its session, by its button, and when nobody is there") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        NoticeSite site(fresh.url);
        site.site().settings.push_to_loopback = true;
        PushService service;
        PushBrowser maya(site, site.maya, members::Device::own);
        auto const subscribe = [&](PushBrowser& browser) {
            CHECK(browser.subscribe(service.origin() + "/to/maya").status == 303);
            CHECK(count(site, count_subscriptions) == 1);
        };
        subscribe(maya);
        subscribe(maya);
        CHECK(maya.browser.post("/settings/notices/device/end").status == 303);
        CHECK(count(site, count_subscriptions) == 0);

        subscribe(maya);
        site.write([&](database::Write& write) {
            members::end_all_sessions(site.site(), write, site.maya.id);
        });
        site.tell(called, site.joel, site.maya, "a");
        deliver(site);
        CHECK(service.requests().empty());
        CHECK(count(site, count_subscriptions) == 0);

        PushBrowser anew(site, site.maya, members::Device::own);
        subscribe(anew);
        service.answer(410);
        site.tell(called, site.joel, site.maya, "b");
        deliver(site);
        CHECK(service.requests().size() == 1);
        CHECK(count(site, count_subscriptions) == 0);
    }
}

TEST_CASE("a push service that is busy is asked again later, eight times at most") {
    NoticeSite site;
    site.site().settings.push_to_loopback = true;
    PushService service;
    PushBrowser maya(site, site.maya, members::Device::own);
    CHECK(maya.subscribe(service.origin() + "/to/maya").status == 303);
    // No quiet hours, so that each try comes.
    site.as(site.maya).post("/settings/notices", {{"mail", "1"},
                                                  {"wording", "neutral"},
                                                  {"digest_at", "09:00"},
                                                  {"quiet_from", "09:00"},
                                                  {"quiet_until", "09:00"}});
    service.answer(503);
    site.tell(called, site.joel, site.maya, "a");
    deliver(site);
    CHECK(service.requests().size() == 1);
    site.test.house().run_due_jobs();
    CHECK(service.requests().size() == 1);
    service.answer(201);
    site.test.clock.move(1min);
    site.test.house().run_due_jobs();
    CHECK(service.requests().size() == 2);
    CHECK(count(site, count_queued) == 0);

    service.answer(503);
    site.tell(called, site.joel, site.maya, "b");
    for (int at = 0; at < 20; ++at) {
        deliver(site);
        site.test.clock.move(30min);
    }
    CHECK(count(site, count_queued) == 0);
    CHECK(service.requests().size() == 2 + limits::push_attempts_max);
    CHECK(count(site, count_subscriptions) == 1);
}

TEST_CASE("a shared device, a stranger and what isn't a subscription are refused") {
    NoticeSite site;
    PushBrowser shared(site, site.maya, members::Device::shared);
    CHECK(shared.subscribe("https://push.example/to/maya").status == 409);
    CHECK_FALSE(shared.browser.get("/settings/notices").has("data-push"));
    PushBrowser own(site, site.maya, members::Device::own);
    CHECK(own.browser.get("/settings/notices").has("data-push"));
    auto stranger = site.test.browser();
    CHECK(stranger.post("/settings/notices/device", own.form("https://push.example/a")).status ==
          401);
    for (auto const* endpoint :
         {"", "http://push.example/a", "https://127.0.0.1/a", "https://localhost/a",
          "https://[::1]/a", "https://10.0.0.1/a", "https://169.254.169.254/latest", "file:///etc",
          "https://user:word@push.example/a", "https://router/a", "https://0x7f000001/",
          "https://[::ffff:10.0.0.1]/a", "ftp://push.example/"}) {
        CAPTURE(endpoint);
        CHECK(own.subscribe(endpoint).status == 422);
    }
    auto form = own.form("https://push.example/a");
    form[1].second = to_base64url(Bytes(65, std::byte{4}));
    CHECK(own.browser.post("/settings/notices/device", form).status == 422);
    form = own.form("https://push.example/a");
    form[2].second = "AAAA";
    CHECK(own.browser.post("/settings/notices/device", form).status == 422);
    CHECK(count(site, count_subscriptions) == 0);
    CHECK(own.subscribe("https://push.example/a").status == 303);
}

TEST_CASE("the worker has one address for ever, at the root of the site") {
    NoticeSite site;
    auto const worker = site.test.browser().get("/push-worker.js");
    CHECK(worker.status == 200);
    CHECK(worker.header("content-type").starts_with("text/javascript"));
    CHECK(worker.body == "// worker");
}

TEST_CASE("an address is of the open internet or isn't") {
    auto const is_public = [](char const* text) {
        return is_public_address(boost::asio::ip::make_address(text));
    };
    for (auto const* address : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.0.1",
                                "2a00:1450::1", "2606:4700::1"}) {
        CAPTURE(address);
        CHECK(is_public(address));
    }
    for (auto const* address : {"0.0.0.0",
                                "10.1.2.3",
                                "100.64.0.1",
                                "127.0.0.1",
                                "127.9.9.9",
                                "169.254.169.254",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.0.2.1",
                                "192.168.1.1",
                                "198.18.0.1",
                                "198.19.0.1",
                                "203.0.113.9",
                                "224.0.0.1",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "::ffff:8.8.8.8",
                                "64:ff9b::1",
                                "fc00::1",
                                "fd12::1",
                                "fe80::1",
                                "ff02::1",
                                "2001::1",
                                "2001:db8::1",
                                "2002:a00:1::",
                                "3fff::1"}) {
        CAPTURE(address);
        CHECK_FALSE(is_public(address));
    }
}

TEST_CASE("a redirection isn't followed, and this machine isn't reached but in tests") {
    PushService service;
    PushPost post;
    post.endpoint = service.origin() + "/a";
    post.authorization = "vapid t=a, k=b";
    post.body = "words";
    post.topic = "notices";
    CHECK(post_push(post) == PushAnswer::refused);
    CHECK(service.requests().empty());
    post.reach = PushReach::loopback;
    service.answer(302);
    CHECK(post_push(post) == PushAnswer::refused);
    CHECK(service.requests().size() == 1);
    service.answer(404);
    CHECK(post_push(post) == PushAnswer::gone);
    service.answer(429);
    CHECK(post_push(post) == PushAnswer::later);
    service.answer(413);
    CHECK(post_push(post) == PushAnswer::refused);
}
