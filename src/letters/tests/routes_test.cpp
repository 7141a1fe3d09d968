#include "letters/limits.hpp"
#include "letters_site.hpp"

namespace kith::letters {
namespace {

using bonds::Step;
using testing::House;
using testing::on_both;
using testing::sealed_for;

TEST_CASE("two bonded members open a conversation once, and write to each other") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben);
        auto const path = house.conversation(ada, ben);
        CHECK(house.conversation(ben, ada) == path);
        CHECK(house.as(ada).get("/letters/new?to=" + ben.public_id.text()).header("location") ==
              path);

        house.send(ada, ben, 5, "first");
        house.send(ben, ada, 1, "second");
        auto const seen = house.letters(ben, path);
        REQUIRE(seen.size() == 2);
        CHECK(seen[0].at("sealed").as_string() == sealed_for(2, "first"));
        CHECK(seen[0].at("own") == false);
        CHECK(seen[0].at("sequence") == 5);
        CHECK(seen[1].at("own") == true);
        CHECK(house.as(ben).get(path).has("Ada"));
        CHECK(house.as(ben).get("/letters").has("Ada"));
        CHECK(house.as(ben).get("/letters").has("new"));
        CHECK(house.as(ben).get("/letters").has("Keep distance<span class=\"vh\"> (Ada)"));
        CHECK(house.read_letters(ben, path) == 303);
        CHECK_FALSE(house.as(ben).get("/letters").has("state--now"));
    });
}

TEST_CASE("letters don't begin below the step of letters, and it looks like nobody") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben, Step::hello);
        auto browser = house.as(ada);
        auto const nobody = browser.get("/letters/new?to=" + ada.public_id.text());
        CHECK(nobody.status == 404);
        auto const page = browser.get("/letters/new?to=" + ben.public_id.text());
        CHECK(page.status == 404);
        CHECK(page.body == nobody.body);
        CHECK(browser.get("/letters/new?to=x").body == nobody.body);
        CHECK(browser.post("/letters/new", {{"to", ben.public_id.text()}}).status == 404);
        CHECK(browser.post_json("/letters/new", {{"to", ben.public_id.text()}}).body ==
              browser.post_json("/letters/new", {{"to", ada.public_id.text()}}).body);
    });
}

TEST_CASE("nobody but the two has the conversation, by any route") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    auto const eve = house.person("Eve");
    house.bond(ada, ben, Step::near);
    house.bond(ada, eve, Step::near);
    auto const path = house.conversation(ada, ben);
    auto sent = house.letter(ada, ben, 1, "for two");
    sent["picture"] = sealed_for(2, "a picture");
    REQUIRE(house.as(ada).post_json(path, sent).status == 200);
    house.run_jobs();
    auto const letters = house.letters(ben, path);
    auto const letter = path + "/" + std::string(letters[0].at("id").as_string());

    auto other = house.as(eve);
    auto stranger = house.site.browser();
    auto const missing = other.get("/letters/" + eve.public_id.text());
    CHECK(missing.status == 404);
    for (auto const& url : {path, path + "/live", letter + "/picture"}) {
        CAPTURE(url);
        CHECK(other.get(url).body == missing.body);
        CHECK(other.get_json(url).status == 404);
        CHECK(stranger.get(url).status == 303);
        CHECK(stranger.get_json(url).status == 401);
    }
    for (auto const& url : {path + "/read", path + "/receipts", path + "/receipts/take-back",
                            letter + "/take-back"}) {
        CAPTURE(url);
        CHECK(other.post(url, {{"last", letters[0].at("id").as_string().c_str()}}).status == 404);
        CHECK(stranger.post_json(url, boost::json::object{}).status == 401);
    }
    CHECK(other.post_json(path, house.letter(eve, ada, 1, "between")).status == 404);
    CHECK(stranger.post_json(path, house.letter(eve, ada, 1, "between")).status == 401);
    // One's letter is taken back by who wrote it alone.
    CHECK(house.as(ben).post(letter + "/take-back").status == 404);
    CHECK(house.letters(ben, path).size() == 1);
}

TEST_CASE("the server takes only what is sealed for the two") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.bond(ada, ben);
    auto const path = house.conversation(ada, ben);
    auto browser = house.as(ada);
    auto const refused = [&](std::string const& field, auto const& value) {
        auto form = house.letter(ada, ben, 9, "words");
        form[field] = value;
        return browser.post_json(path, form).status;
    };
    CHECK(refused("sealed", "plain words") == 400);
    CHECK(refused("sealed", sealed_for(1, "for one")) == 400);
    CHECK(refused("sealed", sealed_for(2, std::string(100'000, 'x'))) == 413);
    CHECK(refused("sequence", 0) == 400);
    CHECK(refused("recipient", "age1another") == 409);
    CHECK(refused("own_recipient", "age1another") == 409);
    CHECK(refused("picture", sealed_for(2, "a picture")) == 409);
    CHECK(house.letters(ada, path).empty());
    CHECK(refused("sequence", 9) == 200);
    CHECK(refused("sequence", 9) == 409);
    CHECK(refused("sequence", 8) == 409);
    CHECK(house.letters(ada, path).size() == 1);
}

TEST_CASE("what is sent twice under one key comes once") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.bond(ada, ben);
    auto const path = house.conversation(ada, ben);
    auto form = house.letter(ada, ben, 3, "once");
    form["idempotency_key"] = "the same";
    auto browser = house.as(ada);
    CHECK(browser.post_json(path, form).status == 200);
    CHECK(browser.post_json(path, form).status == 200);
    house.run_jobs();
    CHECK(house.letters(ben, path).size() == 1);
}

TEST_CASE("pictures come at near, to the two alone, as bytes that nothing opens by itself") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.bond(ada, ben, Step::near);
    auto const path = house.conversation(ada, ben);
    auto form = house.letter(ada, ben, 1, "look");
    form["picture"] = sealed_for(2, "a picture");
    REQUIRE(house.as(ada).post_json(path, form).status == 200);
    house.run_jobs();
    auto const letter = house.letters(ben, path)[0];
    auto const picture = house.as(ben).get(std::string(letter.at("picture_url").as_string()));
    CHECK(picture.status == 200);
    CHECK(picture.header("content-type") == "application/octet-stream");
    CHECK(picture.body.ends_with("a picture"));
    // So many a day, and letters without them all the same.
    for (int n = 2; n <= static_cast<int>(limits::pictures_sent_max); ++n) {
        form["sequence"] = n;
        CHECK(house.as(ada).post_json(path, form).status == 200);
    }
    form["sequence"] = 1000;
    CHECK(house.as(ada).post_json(path, form).status == 429);
    form["picture"] = "";
    CHECK(house.as(ada).post_json(path, form).status == 200);
}

TEST_CASE("pages of a conversation go both ways and miss nothing") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben);
        auto const path = house.conversation(ada, ben);
        for (int n = 1; n <= 70; ++n) {
            // Some are of the same moment.
            if (n % 3 == 0) house.site.clock.move(std::chrono::minutes(1));
            house.write([&](database::Write& write) {
                NewLetter letter;
                letter.public_id = PublicId::make(house.site.random);
                letter.conversation = {1};
                bool const by_ada = n % 2 == 0;
                letter.receiver = by_ada ? ben.id : ada.id;
                letter.sequence = n;
                letter.sealed = "sealed " + std::to_string(n);
                letter.written_at = house.site.clock.now();
                add_letter(write, by_ada ? ada.viewer() : ben.viewer(), letter);
                auto const row = waiting_letter(write, Viewer::server(), letter.public_id).value();
                note_delivered(write, row.id, letter.written_at);
            });
        }
        auto browser = house.as(ada);
        std::vector<std::int64_t> back;
        auto page = browser.get_json(path).json();
        CHECK(page.at("later_url").is_null());
        for (;;) {
            auto const& letters = page.at("letters").as_array();
            std::vector<std::int64_t> numbers;
            for (auto const& letter : letters) numbers.push_back(letter.at("sequence").as_int64());
            back.insert(back.begin(), numbers.begin(), numbers.end());
            if (page.at("earlier_url").is_null()) break;
            page = browser.get_json(std::string(page.at("earlier_url").as_string())).json();
        }
        REQUIRE(back.size() == 70);
        for (std::size_t n = 0; n < back.size(); ++n)
            CHECK(back[n] == static_cast<std::int64_t>(n + 1));
        std::size_t forth = page.at("letters").as_array().size();
        while (!page.at("later_url").is_null()) {
            page = browser.get_json(std::string(page.at("later_url").as_string())).json();
            forth += page.at("letters").as_array().size();
        }
        CHECK(forth == 70);
        auto const lent = std::string(browser.get_json(path).json().at("earlier_url").as_string());
        CHECK(house.as(ben).get_json(lent).status == 400);
    });
}

TEST_CASE("receipts show only when both want them, at near, and only for what came after") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.bond(ada, ben, Step::near);
    auto const path = house.conversation(ada, ben);
    auto const is_read = [&](std::size_t at) {
        return house.letters(ada, path)[at].at("read").as_bool();
    };
    auto const read_one = [&](std::int64_t sequence) {
        house.send(ada, ben, sequence, "words");
        house.site.clock.move(std::chrono::minutes(1));
        CHECK(house.read_letters(ben, path) == 303);
        house.site.clock.move(std::chrono::minutes(1));
    };
    read_one(1);
    CHECK_FALSE(is_read(0));
    CHECK(house.as(ada).post(path + "/receipts").status == 303);
    read_one(2);
    CHECK_FALSE(is_read(1));
    CHECK(house.as(ben).post(path + "/receipts").status == 303);
    CHECK_FALSE(is_read(0));
    CHECK_FALSE(is_read(1));
    read_one(3);
    CHECK(is_read(2));
    house.give(ben, ada, Step::letters);
    CHECK_FALSE(is_read(2));
    CHECK(house.as(ben).post(path + "/receipts").status == 409);
    house.give(ben, ada, Step::near);
    CHECK(is_read(2));
    CHECK(house.as(ben).post(path + "/receipts/take-back").status == 303);
    CHECK_FALSE(is_read(2));
}

TEST_CASE("receipts end with the step and with distance, and don't begin again by themselves") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben, Step::near);
        auto const path = house.conversation(ada, ben);
        for (auto const* one : {&ada, &ben})
            CHECK(house.as(*one).post(path + "/receipts").status == 303);
        auto const back = "/members/" + ada.public_id.text() + "/bond/step-back";
        std::int64_t sequence = 0;
        auto const read_meanwhile = [&] {
            house.give(ben, ada, Step::near);
            house.send(ada, ben, ++sequence, "words");
            CHECK(house.read_letters(ben, path) == 303);
            return house.letters(ada, path).back().at("read").as_bool();
        };
        CHECK(read_meanwhile());
        CHECK(house.as(ben).post(back, {{"step", "letters"}}).status == 303);
        CHECK_FALSE(read_meanwhile());
        CHECK(house.as(ben).post(path + "/receipts").status == 303);
        CHECK(read_meanwhile());
        house.keep_distance(ben, ada);
        CHECK(
            house.as(ben).post("/members/" + ada.public_id.text() + "/distance/take-back").status ==
            303);
        CHECK_FALSE(read_meanwhile());
    });
}

TEST_CASE("only what was shown is read, and what came after it is told as before") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben);
        auto const path = house.conversation(ada, ben);
        for (int n = 1; n <= 3; ++n) house.send(ada, ben, n, "to Ben");
        house.send(ben, ada, 1, "to Ada");
        auto const told = [&] { return house.as(ben).get("/notices").has("Ada has written"); };
        // What one of the two has read says nothing of the other's.
        CHECK(house.read_letters(ada, path) == 303);
        CHECK(told());
        CHECK(house.as(ben).get("/letters").has("state--now"));
        CHECK(house.read_letters(ben, path, 2) == 303);
        CHECK(told());
        CHECK(house.as(ben).get("/letters").has("state--now"));
        CHECK(house.read_letters(ben, path) == 303);
        CHECK_FALSE(told());
        CHECK_FALSE(house.as(ben).get("/letters").has("state--now"));
        CHECK(house.as(ben).post(path + "/read").status == 404);
        auto const own = house.letters(ben, path).back().at("id").as_string();
        CHECK(house.as(ben).post(path + "/read", {{"last", own.c_str()}}).status == 404);
    });
}

TEST_CASE("live letters are for those who are near") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.bond(ada, ben);
    auto const path = house.conversation(ada, ben);
    CHECK(house.as(ben).get_json(path + "/live").status == 404);
    CHECK(house.as(ben).get_json(path).json().at("live_url").is_null());
    house.bond(ada, ben, Step::near);
    auto const stream = house.as(ben).get_head(path + "/live");
    CHECK(stream.status == 200);
    CHECK(stream.header("content-type").starts_with("text/event-stream"));
}

}  // namespace
}  // namespace kith::letters
