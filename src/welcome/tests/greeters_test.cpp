#include "web/call.hpp"
#include "welcome/reply_times.hpp"
#include "welcome_site.hpp"

namespace kith::tests {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

Names greeters_seen(WelcomeSite& house, Person const& person) {
    Names names;
    auto const page = house.as(person).get_json("/welcome/greeters");
    REQUIRE(page.status == 200);
    auto const seen = page.json();
    for (auto const& item : seen.at("items").as_array())
        names.emplace_back(item.at("name").as_string());
    return names;
}

TEST_CASE("a steward names a greeter, who is told and can stop at any time") {
    on_both([](WelcomeSite& house) {
        auto sam = house.as(house.sam);
        CHECK(sam.get("/welcome/greeters").has("Nobody is a greeter yet."));
        REQUIRE(sam.post("/welcome/greeters", {{"name", "greta"}}).status == 303);
        CHECK(greeters_seen(house, house.sam) == Names{"Greta"});
        CHECK(house.told("welcome.named") == Names{"Greta"});
        auto greta = house.as(house.greta);
        REQUIRE(greta.post("/welcome/greeting", {{"greeting", "Here at noon."}}).status == 303);
        CHECK(greta.get("/welcome/greeting").has("Here at noon."));
        CHECK(house.as(house.ada).get("/welcome/introduction").has("Here at noon."));
        CHECK(greta.post("/welcome/greeting", {{"greeting", std::string(141, 'a')}}).status == 422);
        REQUIRE(greta.post("/welcome/greeting/stop").status == 303);
        CHECK(greeters_seen(house, house.sam).empty());
        CHECK(greta.get("/welcome/greeting").status == 404);
    });
}

TEST_CASE("only stewards see and name greeters; only a greeter has a greeting") {
    WelcomeSite house;
    house.make_greeter(house.greta);
    auto const unname = "/welcome/greeters/" + house.greta.public_id.text() + "/unname";
    for (auto const& person : {house.ada, house.greta, house.gil}) {
        auto browser = house.as(person);
        CHECK(browser.get("/welcome/greeters").body == house.missing(person));
        CHECK(browser.post("/welcome/greeters", {{"name", "Ben"}}).status == 404);
        CHECK(browser.post(unname).status == 404);
    }
    CHECK(house.as(house.ada).get("/welcome/greeting").body == house.missing(house.ada));
    CHECK(house.as(house.ada).post("/welcome/greeting", {{"greeting", "Hi"}}).status == 404);
    CHECK(house.as(house.ada).post("/welcome/greeting/stop").status == 404);
    CHECK(house.stranger().get_json("/welcome/greeters").status == 401);
    CHECK(greeters_seen(house, house.sam) == Names{"Greta"});
    REQUIRE(house.as(house.sam).post(unname).status == 303);
    CHECK(house.as(house.sam).post(unname).status == 404);
}

TEST_CASE("a steward can't tell a member whom they are apart from, from one who isn't there") {
    WelcomeSite house;
    house.keep_apart(house.sam, house.ben);
    auto sam = house.as(house.sam);
    auto const nobody = sam.post_json("/welcome/greeters", {{"name", "Nobody"}});
    auto const ben = sam.post_json("/welcome/greeters", {{"name", "Ben"}});
    CHECK(nobody.status == 422);
    CHECK(nobody.body == ben.body);
    auto const by_id = sam.post_json("/welcome/greeters", {{"name", house.ben.public_id.text()}});
    CHECK(by_id.body == ben.body);
    static_cast<void>(house.person("Twin"));
    auto const twin = house.person("Twin");
    CHECK(sam.post("/welcome/greeters", {{"name", "Twin"}}).has("More than one member"));
    CHECK(sam.post("/welcome/greeters", {{"name", twin.public_id.text()}}).status == 303);
    house.make_greeter(house.ben);
    CHECK(greeters_seen(house, house.sam) == Names{"Twin"});
}

TEST_CASE("how long words wait is told in numbers alone, and not of fewer than five") {
    auto const now = Time(1000h);
    auto const said = [&](std::chrono::hours begun, std::optional<std::chrono::hours> after) {
        talk::ReplyTime time{now - begun, std::nullopt};
        if (after) time.first_reply_at = time.begun_at + *after;
        return time;
    };
    std::vector words{said(50h, 2h), said(50h, 30h), said(50h, 1h), said(50h, {})};
    CHECK_FALSE(welcome::reply_times_of(words, now));
    words.push_back(said(3h, {}));
    auto const times = welcome::reply_times_of(words, now);
    REQUIRE(times);
    CHECK(times->half_within_hours == 30);
    CHECK(times->longer_than_day == 2);
    words.push_back(said(3h, {}));
    words.push_back(said(3h, {}));
    REQUIRE(welcome::reply_times_of(words, now));
    CHECK_FALSE(welcome::reply_times_of(words, now)->half_within_hours);
}

TEST_CASE("stewards read how long words wait, once there are enough of them") {
    on_both([](WelcomeSite& house) {
        for (int i = 0; i < 4; ++i) static_cast<void>(house.begin(house.ada, talk::Patience::stay));
        auto sam = house.as(house.sam);
        CHECK(sam.get_json("/welcome/greeters").json().at("reply_times").is_null());
        static_cast<void>(house.begin(house.ben, talk::Patience::stay));
        house.site.clock.move(25h);
        auto const line = sam.get_json("/welcome/greeters").json().at("reply_times");
        CHECK(line.as_string() ==
              "Less than half of what was written in the last 30 days has had a human answer. "
              "5 waited longer than a day.");
        house.site.clock.move(31 * 24h);
        CHECK(sam.get_json("/welcome/greeters").json().at("reply_times").is_null());
    });
}

TEST_CASE("the first week's steps are done or put aside, one or all, and are gone after it") {
    on_both([](WelcomeSite& house) {
        auto const steps = [&](Person const& person) {
            Names names;
            house.site.database().read([&](database::Read& read) {
                web::HttpRequest request;
                request.target = "/";
                web::Call call(house.site.site(), request);
                call.visitor.viewer = person.viewer();
                call.lend(&read);
                for (auto const& cards_of : call.site.today)
                    for (auto const& card : cards_of(call))
                        for (auto const& step : card.steps)
                            names.push_back((step.done  ? "done "
                                             : step.now ? "now "
                                                        : "") +
                                            step.url);
            });
            return names;
        };
        CHECK(steps(house.ada) == Names{"done /agreement", "now /settings/notices",
                                        "/settings/profile", "/welcome/introduction", "/circles"});
        auto ada = house.as(house.ada);
        REQUIRE(ada.post("/welcome/first-week/notices/not-now").status == 303);
        static_cast<void>(house.hello(house.ada));
        CHECK(steps(house.ada) == Names{"done /agreement", "now /settings/profile",
                                        "done /welcome/introduction", "/circles"});
        CHECK(ada.post("/welcome/first-week/everything/not-now").status == 404);
        CHECK(house.stranger().post("/welcome/first-week/put-away").status == 401);
        REQUIRE(ada.post("/welcome/first-week/put-away").status == 303);
        CHECK(steps(house.ada).empty());
        CHECK(steps(house.ben).size() == 5);
        house.site.clock.move(7 * 24h);
        CHECK(steps(house.ben).empty());
    });
}

}  // namespace
}  // namespace kith::tests
