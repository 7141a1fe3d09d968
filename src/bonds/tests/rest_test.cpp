#include "bonds/limits.hpp"
#include "bonds_site.hpp"
#include "notify/delivery.hpp"
#include "notify/mail_store.hpp"
#include "web/notice.hpp"

namespace kith::bonds {
namespace {

using namespace std::chrono_literals;
using testing::House;
using testing::on_both;
using testing::Person;

constexpr database::Sql set_email =
    "update members set email = :email, email_confirmed_at = 0 where id = :member";
constexpr database::Sql drop_names = "drop view place_names";
constexpr database::Sql name_place =
    "create view place_names as select 'group 7' as place, 'Quiet Mornings' as name";

void tell(House& house, Person const& to, Person const& from, std::string const& about,
          std::string const& place = {}) {
    house.write([&](database::Write& write) {
        web::Notice notice;
        notice.to = to.id;
        notice.kind = "bonds.hello_came";
        notice.url = "/bonds";
        notice.about = about;
        notice.from = from.id;
        notice.place = place;
        web::tell(write, house.site.site(), notice);
    });
}

std::size_t mail_waiting(House& house) {
    return house.read(
        [](database::Read& read) { return notify::unsent_mail(read, Viewer::server()).size(); });
}

TEST_CASE(
    "one press rests from everything: no notice, no mail, no lamp, and one press comes back") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.write([&](database::Write& write) {
            database::execute(write, set_email, database::bind("email", "ada@example.org"),
                              database::bind("member", ada.id));
        });
        tell(house, ada, ben, "before");
        auto browser = house.as(ada);
        CHECK(browser.post("/rest", {{"days", "0"}}).status == 303);
        tell(house, ada, ben, "one");
        tell(house, ada, ben, "two");
        house.site.clock.move(3 * 24h);
        notify::deliver_notices(house.site.site());
        CHECK(mail_waiting(house) == 0);
        auto resting = house.as(ada);
        CHECK(resting.get_json("/notices").json().at("days").as_array().size() == 1);
        CHECK(resting.get("/rest").has("You are resting"));
        CHECK_FALSE(resting.get("/rest").has("class=\"lamp\""));
        CHECK(resting.post("/rest/end").header("location").starts_with("/rest/missed"));
        // Back again: a short list, and no flood afterwards.
        notify::deliver_notices(house.site.site());
        CHECK(mail_waiting(house) == 0);
        auto const missed = resting.get_json("/rest/missed").json();
        REQUIRE(missed.at("groups").as_array().size() == 1);
        CHECK(missed.at("groups").at(0).at("title") == "Ben");
        CHECK(missed.at("groups").at(0).at("items").as_array().size() == 2);
        auto const notices = resting.get_json("/notices").json();
        CHECK(notices.at("days").at(0).at("items").as_array().size() == 1);
        CHECK(resting.post("/rest/missed").status == 303);
        CHECK(resting.get_json("/rest/missed").json().at("groups").as_array().empty());
        tell(house, ada, ben, "after");
        house.site.clock.move(2 * 24h);
        notify::deliver_notices(house.site.site());
        CHECK(mail_waiting(house) == 1);
    });
}

TEST_CASE("what is too much for the short list is said to be there") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto browser = house.as(ada);
        CHECK(browser.post("/rest", {{"days", "0"}}).status == 303);
        for (std::size_t at = 0; at < limits::missed_read_max; ++at)
            tell(house, ada, ben, std::to_string(at));
        CHECK(browser.post("/rest/end").status == 303);
        CHECK(house.as(ada).get_json("/rest/missed").json().at("more_groups") == false);
        CHECK(browser.post("/rest", {{"days", "0"}}).status == 303);
        tell(house, ada, ben, "one more");
        CHECK(browser.post("/rest/end").status == 303);
        CHECK(house.as(ada).get_json("/rest/missed").json().at("more_groups") == true);
    });
}

TEST_CASE("what was missed is grouped by circle and person, a few lines of each") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto const cleo = house.person("Cleo");
        house.write([](database::Write& write) {
            database::execute(write, drop_names);
            database::execute(write, name_place);
        });
        CHECK(house.as(ada).post("/rest").status == 303);
        for (int at = 0; at < 10; ++at) tell(house, ada, ben, "b" + std::to_string(at));
        for (int at = 0; at < 4; ++at) tell(house, ada, cleo, "c" + std::to_string(at), "group 7");
        CHECK(house.as(ada).post("/rest/end").status == 303);
        auto const groups = house.as(ada).get_json("/rest/missed").json().at("groups").as_array();
        REQUIRE(groups.size() == 2);
        CHECK(groups.at(0).at("title") == "Quiet Mornings");
        CHECK(groups.at(0).at("items").as_array().size() == 3);
        CHECK(groups.at(0).at("more") == "and one more");
        CHECK(groups.at(1).at("title") == "Ben");
        CHECK(groups.at(1).at("items").as_array().size() == 3);
        CHECK(groups.at(1).at("more") == "and 7 more");
        // Whoever one keeps distance from is in no list.
        house.keep_distance(ada, ben);
        CHECK(house.as(ada).get_json("/rest/missed").json().at("groups").as_array().size() == 1);
        CHECK(house.as(ben).get_json("/rest/missed").json().at("groups").as_array().empty());
    });
}

TEST_CASE("a rest ends by itself when it was to, and the dial is as it was") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        for (auto const* one : {&ada, &ben}) house.set_dial(*one, Openness::letters);
        house.give(ada, ben, Step::letters);
        house.give(ben, ada, Step::letters);
        auto browser = house.as(ada);
        CHECK(browser.post("/rest", {{"days", "91"}}).status == 422);
        CHECK(browser.post("/rest", {{"days", "-1"}}).status == 422);
        CHECK(browser.post("/rest", {{"days", "3"}}).status == 303);
        CHECK(house.step(ada, ben) == Step::apart);
        CHECK(house.step(ben, ada) == Step::apart);
        house.site.clock.move(3 * 24h - 1min);
        house.run_job("bonds.end_rests");
        CHECK(house.step(ada, ben) == Step::apart);
        house.site.clock.move(1min);
        house.run_job("bonds.end_rests");
        CHECK(house.step(ada, ben) == Step::letters);
        CHECK(house.as(ada).get_json("/settings/openness").json().at("dial") == "letters");
    });
}

TEST_CASE("rest changes nothing that others see of one's page and place") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto const look = [&] {
            std::vector<std::string> seen;
            auto browser = house.as(ben);
            for (auto const& path : {ada.path, ada.bond, std::string("/members"),
                                     ada.path + "/distance", std::string("/bonds")})
                seen.push_back(browser.get(path).body + browser.get_json(path).body);
            return seen;
        };
        auto const before = look();
        CHECK(house.as(ada).post("/rest").status == 303);
        CHECK(look() == before);
    });
}

TEST_CASE("the dial rests and opens again, and is one's own alone") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto browser = house.as(ada);
        auto const dial = [&] { return browser.get_json("/settings/openness").json().at("dial"); };
        CHECK(dial() == "circles");
        CHECK(browser.post("/settings/openness", {{"dial", "open"}}).status == 303);
        CHECK(dial() == "open");
        CHECK(browser.post("/settings/openness", {{"dial", "resting"}}).status == 303);
        CHECK(dial() == "resting");
        CHECK(browser.get("/rest").has("You are resting"));
        CHECK(browser.post("/rest/end").status == 303);
        CHECK(dial() == "open");
        CHECK(browser.post("/settings/openness", {{"dial", "wide"}}).status == 422);
        CHECK(house.as(house.person("Ben")).get_json("/settings/openness").json().at("dial") ==
              "circles");
    });
}

TEST_CASE("pace takes 0 to 60 minutes and names the quiet hours that hold") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto browser = house.as(ada);
        CHECK(browser.post("/settings/pace", {{"delivery", "daily"}, {"unsend_minutes", "61"}})
                  .status == 422);
        CHECK(browser.post("/settings/pace", {{"delivery", "daily"}, {"unsend_minutes", "-1"}})
                  .status == 422);
        CHECK(browser.post("/settings/pace", {{"delivery", "daily"}, {"unsend_minutes", "60"}})
                  .status == 303);
        auto const page = browser.get("/settings/pace");
        CHECK(page.has("From 21:00 to 09:00 nothing is delivered"));
        CHECK(browser.get_json("/settings/pace").json().at("delivery") == "daily");
        CHECK(browser.get_json("/settings/pace").json().at("unsend_minutes").at("value") == "60");
    });
}

TEST_CASE(
    "the helper is off until its member switches it on, suggests one thing, and can be left") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        auto browser = house.as(ada);
        CHECK(browser.get_json("/small-step").json().at("on") == false);
        CHECK(browser.post("/small-step/on").status == 303);
        CHECK(browser.get_json("/small-step").json().at("url") == "/members");
        for (auto const* one : {&ada, &ben}) house.set_dial(*one, Openness::letters);
        house.give(ada, ben, Step::letters);
        house.give(ben, ada, Step::letters);
        CHECK(browser.get_json("/small-step").json().at("url") == boost::json::string(ben.bond));
        CHECK(browser.post("/small-step/next").status == 303);
        CHECK(browser.get_json("/small-step").json().at("waits") == true);
        house.site.clock.move(limits::small_step_time);
        auto later = house.as(ada);
        CHECK(later.get_json("/small-step").json().at("waits") == false);
        CHECK(later.get_json("/small-step").json().at("url") == "/circles");
        CHECK(later.post("/small-step/off").status == 303);
        CHECK(later.get_json("/small-step").json().at("on") == false);
        CHECK(later.get_json("/small-step").json().at("title") == "");
    });
}

TEST_CASE("only the host sets how far bonds go, and it holds at once") {
    on_both([](House& house) {
        auto const host = house.person("Hal", Role::host);
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        for (auto const* one : {&ada, &ben}) house.set_dial(*one, Openness::open);
        house.give(ada, ben, Step::kin);
        house.give(ben, ada, Step::kin);
        CHECK(house.as(ada).post("/host/bonds", {{"ceiling", "hello"}}).status == 404);
        auto browser = house.as(host);
        CHECK(browser.post("/host/bonds", {{"ceiling", "apart"}}).status == 422);
        CHECK(browser.post("/host/bonds", {{"ceiling", "letters"}}).status == 303);
        CHECK(browser.get_json("/host/bonds").json().at("ceiling") == "letters");
        CHECK(house.step(ada, ben) == Step::letters);
        CHECK_FALSE(house.as(ada).get(ben.bond).has(">near<"));
    });
}

TEST_CASE(
    "a copy holds one's own side as one knew the other; erasing leaves nothing on either side") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        for (auto const* one : {&ada, &ben}) house.set_dial(*one, Openness::open);
        CHECK(house.as(ada).post(ben.bond + "/offer", {{"step", "hello"}}).status == 303);
        CHECK(house.copy_of(ada).find("Ben") != std::string::npos);
        CHECK(house.copy_of(ben).find("Ada") == std::string::npos);
        CHECK(house.as(ben).post(ada.bond + "/accept", {{"step", "hello"}}).status == 303);
        CHECK(house.as(ada).post(ben.bond + "/hello", {{"words", "Plums."}}).status == 303);
        house.run_jobs();
        CHECK(house.copy_of(ada).find("Plums.") != std::string::npos);
        CHECK(house.as(ada).post("/small-step/on").status == 303);
        house.erase(ada);
        CHECK(house.step(ada, ben) == Step::apart);
        CHECK_FALSE(house.as(ben).get(ada.bond).has("Plums."));
        CHECK(house.copy_of(ben).find("Ada") == std::string::npos);
        CHECK(house.copy_of(ada).find("Plums.") == std::string::npos);
        house.erase(ben);
    });
}

}  // namespace
}  // namespace kith::bonds
