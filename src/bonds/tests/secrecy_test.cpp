// SAFETY 2 and 3: to who offered, an offer that was declined, left, or met by rest, a closed dial
// or distance is the same in every byte; and keeping distance is the same as having stepped back.
#include "bonds/ladder_store.hpp"
#include "bonds/limits.hpp"
#include "bonds_site.hpp"

namespace kith::bonds {
namespace {

using namespace std::chrono_literals;
using testing::House;
using testing::on_both;
using testing::Person;

/// All that one can ask for about another: pages, their data, lists, notices and Today.
using Seen = std::vector<std::string>;

Seen look(House& house, Person const& viewer, Person const& other) {
    auto browser = house.as(viewer);
    Seen seen;
    for (auto const& path : {other.bond, other.path, std::string("/bonds"), std::string("/notices"),
                             other.bond + "?known=forged", std::string("/members")}) {
        for (auto reply : {browser.get(path), browser.get_json(path), browser.head(path)}) {
            reply.headers.erase("date");
            std::string all = path + " " + std::to_string(reply.status) + "\n";
            for (auto const& [name, value] : reply.headers) all += name + ": " + value + "\n";
            seen.push_back(all + reply.body);
        }
    }
    return seen;
}

struct Two {
    explicit Two(House& house) : ada(house.person("Ada")), ben(house.person("Ben")) {
        house.set_dial(ada, Openness::open);
        house.set_dial(ben, Openness::open);
    }
    Person ada;
    Person ben;
};

constexpr database::Sql set_listed = "update members set listed = :listed where id = :member";

void list(House& house, Person const& person, bool listed) {
    house.write([&](database::Write& write) {
        database::execute(write, set_listed, database::bind("listed", listed),
                          database::bind("member", person.id));
    });
}

/// More offers are made here at once than anybody makes in a day.
void forget_offers_made(House& house) {
    house.write([](database::Write& write) { forget_offers(write, Time::max()); });
}

TEST_CASE(
    "an offer declined, left, shut out by a dial or met by rest looks the same in each byte") {
    on_both([](House& house) {
        Two const two(house);
        CHECK(house.as(two.ada).post(two.ben.bond + "/offer", {{"step", "hello"}}).status == 303);
        house.run_jobs();
        for (auto const wait : {0h, 24 * 7h, 24 * 8h, 24 * 16h}) {
            house.site.clock.move(wait);
            auto const left = look(house, two.ada, two.ben);
            house.set_dial(two.ben, Openness::resting);
            CHECK(look(house, two.ada, two.ben) == left);
            house.set_dial(two.ben, Openness::circles);
            CHECK(look(house, two.ada, two.ben) == left);
            house.set_dial(two.ben, Openness::open);
            CHECK(look(house, two.ada, two.ben) == left);
        }
    });
}

TEST_CASE("declining is ignoring, while the offer lasts, when it fades, and when it is made anew") {
    on_both([](House& house) {
        Two const ignored(house);
        Two const declined(house);
        for (auto const* two : {&ignored, &declined})
            CHECK(house.as(two->ada).post(two->ben.bond + "/offer", {{"step", "hello"}}).status ==
                  303);
        house.run_jobs();
        CHECK(house.as(declined.ben).post(declined.ada.bond + "/not-yet").status == 303);
        CHECK_FALSE(house.as(declined.ben).get(declined.ada.bond).has("Ada offers you"));
        for (auto const wait : {0h, 24 * 15h, 24 * 15h}) {
            house.site.clock.move(wait);
            auto const offer = [&](Two const& two) {
                auto const reply =
                    house.as(two.ada).post(two.ben.bond + "/offer", {{"step", "hello"}});
                return std::pair(reply.status, reply.body.size());
            };
            auto const json = [&](Two const& two) {
                auto view = house.as(two.ada).get_json(two.ben.bond).json();
                for (auto const* id : {"url", "page_url", "distance_url"})
                    view.as_object().erase(id);
                return boost::json::serialize(view);
            };
            CHECK(json(ignored) == json(declined));
            CHECK(offer(ignored) == offer(declined));
            CHECK(json(ignored) == json(declined));
        }
    });
}

TEST_CASE("keeping distance looks exactly like having stepped back and withdrawn") {
    on_both([](House& house) {
        Two const two(house);
        for (auto const step : {Step::apart, Step::hello, Step::letters, Step::kin}) {
            CAPTURE(static_cast<int>(step));
            auto const set_up = [&] {
                list(house, two.ben, true);
                forget_offers_made(house);
                house.give(two.ada, two.ben, Step::apart);
                house.give(two.ben, two.ada, Step::apart);
                house.as(two.ada).post(two.ben.bond + "/offer", {{"step", "hello"}});
                house.as(two.ben).post(two.ada.bond + "/accept", {{"step", "hello"}});
                CHECK(house.as(two.ada).get("/notices").has("Ben accepted a step"));
                house.give(two.ada, two.ben, step);
                house.give(two.ben, two.ada, step);
            };
            set_up();
            house.as(two.ben).post(two.ada.bond + "/step-back", {{"step", "apart"}});
            list(house, two.ben, false);
            auto const stepped_back = look(house, two.ada, two.ben);
            set_up();
            house.as(two.ben).post(two.ada.path + "/distance");
            CHECK(look(house, two.ada, two.ben) == stepped_back);
            // Taken back, nothing opens by itself.
            house.as(two.ben).post(two.ada.path + "/distance/take-back");
            CHECK(house.step(two.ada, two.ben) == Step::apart);
            CHECK_FALSE(house.as(two.ada).get("/notices").has("Ben"));
        }
    });
}

TEST_CASE(
    "in a small circle too: what is shown and what can be offered stays as for stepping back") {
    on_both([](House& house) {
        Two const two(house);
        house.put_in_circle(two.ada, two.ben, true);
        house.give(two.ada, two.ben, Step::letters);
        house.give(two.ben, two.ada, Step::letters);
        house.as(two.ben).post(two.ada.bond + "/step-back", {{"step", "apart"}});
        list(house, two.ben, false);
        auto const stepped_back = look(house, two.ada, two.ben);
        list(house, two.ben, true);
        house.keep_distance(two.ben, two.ada);
        CHECK(look(house, two.ada, two.ben) == stepped_back);
        auto const offered = house.as(two.ada).post(two.ben.bond + "/offer", {{"step", "hello"}});
        CHECK(offered.status == 303);
        house.run_jobs();
        // It never comes up, not even once distance is taken back.
        CHECK_FALSE(house.as(two.ben).get("/bonds").has("Ada"));
        house.as(two.ben).post(two.ada.path + "/distance/take-back");
        CHECK_FALSE(house.as(two.ben).get("/bonds").has("Ada"));
        CHECK_FALSE(house.as(two.ben).get("/notices").has("Ada"));
    });
}

TEST_CASE(
    "an offer made before distance was kept is gone for whoever keeps it, and for the other as "
    "before") {
    on_both([](House& house) {
        Two const two(house);
        house.put_in_circle(two.ada, two.ben, true);
        CHECK(house.as(two.ada).post(two.ben.bond + "/offer", {{"step", "hello"}}).status == 303);
        list(house, two.ben, false);
        auto const left = look(house, two.ada, two.ben);
        house.keep_distance(two.ben, two.ada);
        CHECK(look(house, two.ada, two.ben) == left);
        CHECK_FALSE(house.as(two.ben).get(two.ada.bond).has("Ada offers you"));
    });
}

TEST_CASE("below one's dial no offer arrives, and nobody is told of it") {
    on_both([](House& house) {
        Two const two(house);
        house.set_dial(two.ben, Openness::circles);
        CHECK(house.as(two.ada).post(two.ben.bond + "/offer", {{"step", "hello"}}).status == 303);
        house.run_jobs();
        auto ben = house.as(two.ben);
        CHECK_FALSE(ben.get("/notices").has("Ada"));
        CHECK_FALSE(ben.get("/bonds").has("Ada"));
        CHECK_FALSE(ben.get(two.ada.bond).has("Ada offers you"));
        CHECK(ben.post(two.ada.bond + "/accept", {{"step", "hello"}}).status == 409);
        // While it lasts it is there for whoever opens the dial.
        CHECK(ben.post("/settings/openness", {{"dial", "letters"}}).status == 303);
        CHECK(ben.get("/bonds").has("Ada"));
    });
}

TEST_CASE("who isn't as open themselves can't offer, and is told why on their own page alone") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.set_dial(ben, Openness::open);
    auto browser = house.as(ada);
    CHECK(browser.get(ben.bond).has("Your own openness doesn’t go that far."));
    CHECK(browser.post(ben.bond + "/offer", {{"step", "hello"}}).status == 409);
    CHECK_FALSE(house.as(ben).get(ada.bond).has("doesn’t go that far"));
}

TEST_CASE("the page answers for each member, for nobody else, and to no stranger") {
    House house;
    auto const ada = house.person("Ada");
    auto const hidden = house.person("Hidden", Role::member, false);
    house.set_dial(ada, Openness::open);
    auto browser = house.as(ada);
    CHECK(browser.get(hidden.bond).status == 200);
    CHECK_FALSE(browser.get(hidden.bond).has("Hidden"));
    CHECK(browser.get(hidden.bond).has("nothing that you could offer"));
    CHECK(browser.post(hidden.bond + "/offer", {{"step", "hello"}}).status == 409);
    CHECK(browser.get(ada.bond).status == 404);
    auto const nobody = "/members/" + PublicId::make(house.site.random).text() + "/bond";
    for (auto const* deed : {"/offer", "/accept", "/take-back", "/not-yet", "/step-back",
                             "/consent", "/consent/take-back", "/hello", "/hello/take-back"}) {
        tests::FormFields const form{
            {"step", "hello"}, {"kind", "care"}, {"words", "x"}, {"note", "x"}};
        CHECK(browser.post(nobody + deed, form).status == 404);
        CHECK(house.site.browser().post(ada.bond + deed, form).status == 401);
    }
    CHECK(house.site.browser().get(ada.bond).status == 303);
    CHECK(house.site.browser().get_json("/bonds").status == 401);
}

}  // namespace
}  // namespace kith::bonds
