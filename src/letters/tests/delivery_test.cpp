#include "letters_site.hpp"
#include "letters/keys_store.hpp"

namespace kith::letters {
namespace {

using bonds::Step;
using testing::House;
using testing::on_both;
using namespace std::chrono_literals;

TEST_CASE("until it is delivered a letter is nowhere for its receiver, and can be taken back") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben);
        auto const path = house.conversation(ada, ben);
        auto const empty = house.as(ben).get_json(path).body;
        auto const list = house.as(ben).get("/letters").body;
        house.set_pace(ada, "now", 10);
        house.send(ada, ben, 1, "too soon");
        auto const own = house.letters(ada, path);
        REQUIRE(own.size() == 1);
        auto const letter = path + "/" + std::string(own[0].at("id").as_string());
        CHECK(own[0].at("unsend_url").as_string() == letter + "/take-back");
        CHECK(house.as(ben).get_json(path).body == empty);
        CHECK(house.as(ben).get("/letters").body == list);
        CHECK_FALSE(house.as(ben).get("/notices").has("Ada"));

        CHECK(house.as(ada).post(letter + "/take-back").status == 303);
        house.site.clock.move(11min);
        house.run_jobs();
        CHECK(house.as(ben).get_json(path).body == empty);
        CHECK(house.letters(ada, path).empty());
    });
}

TEST_CASE("a letter comes when its time has come, told in neutral words, and can't be taken back") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben);
        auto const path = house.conversation(ada, ben);
        house.set_pace(ada, "now", 10);
        house.send(ada, ben, 1, "in time");
        house.site.clock.move(10min);
        house.run_jobs();
        auto const came = house.letters(ben, path);
        REQUIRE(came.size() == 1);
        CHECK(came[0].at("unsend_url").is_null());
        CHECK(house.as(ben).get("/notices").has("Ada has written you a letter"));
        auto const own = house.letters(ada, path);
        CHECK(own[0].at("unsend_url").is_null());
        auto const letter = path + "/" + std::string(own[0].at("id").as_string());
        CHECK(house.as(ada).post(letter + "/take-back").status == 409);
        CHECK(house.letters(ben, path).size() == 1);
    });
}

TEST_CASE("the receiver's pace holds a letter back, and its sender sees no difference") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.bond(ada, ben);
    auto const path = house.conversation(ada, ben);
    house.set_pace(ben, "daily", 0);
    house.send(ada, ben, 1, "tomorrow");
    CHECK(house.letters(ben, path).empty());
    auto const own = house.letters(ada, path);
    REQUIRE(own.size() == 1);
    CHECK(own[0].at("read") == false);
    CHECK(own[0].at("unsend_url").is_null());
    house.site.clock.move(25h);
    house.run_jobs();
    CHECK(house.letters(ben, path).size() == 1);
    CHECK(house.letters(ada, path)[0].at("at") == own[0].at("at"));
}

TEST_CASE("what waits while a conversation closes reaches nobody, until it opens again") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben);
        auto const path = house.conversation(ada, ben);
        house.set_pace(ada, "now", 10);
        house.send(ada, ben, 1, "waiting");
        house.give(ben, ada, Step::hello);
        house.site.clock.move(11min);
        house.run_jobs();
        CHECK(house.letters(ben, path).empty());
        CHECK_FALSE(house.as(ben).get("/notices").has("Ada"));
        house.give(ben, ada, Step::letters);
        house.site.clock.move(25h);
        house.run_jobs();
        CHECK(house.letters(ben, path).size() == 1);
    });
}

TEST_CASE("keys are kept wrapped, replaced knowingly, and rewrapped only as they are") {
    House house;
    auto const ada = house.person("Ada");
    auto browser = house.as(ada);
    auto const wrapped = testing::sealed_for(1, "wrapped", "scrypt");
    boost::json::object form{{"recipient", "age1first"}, {"verify_key", "v"},  {"proof", "p"},
                             {"by_passphrase", wrapped}, {"by_code", wrapped}, {"replaces", ""}};
    auto plain = form;
    plain["by_code"] = "ABCDE-ABCDE";
    CHECK(browser.post_json("/letters/keys", plain).status == 400);
    CHECK(browser.post_json("/letters/keys", form).status == 200);
    CHECK(browser.get_json("/letters/keys").json().at("keys").at("recipient") == "age1first");
    CHECK_FALSE(browser.get("/letters/keys").has(wrapped));

    auto second = form;
    second["recipient"] = "age1second";
    CHECK(browser.post_json("/letters/keys", second).status == 409);
    CHECK(browser.post_json("/letters/keys/wrapped", second).status == 409);
    auto const again = testing::sealed_for(1, "again", "scrypt");
    form["by_passphrase"] = again;
    CHECK(browser.post_json("/letters/keys/wrapped", form).status == 200);
    CHECK(browser.get_json("/letters/keys").json().at("keys").at("by_passphrase").as_string() ==
          again);
    second["replaces"] = "age1first";
    CHECK(browser.post_json("/letters/keys", second).status == 200);
    CHECK(browser.get_json("/letters/keys").json().at("keys").at("recipient") == "age1second");
    CHECK(house.site.browser().get_json("/letters/keys").status == 401);
}

TEST_CASE("notes of two browsers never overwrite each other unseen") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        house.make_keys(ada);
        auto browser = house.as(ada);
        auto const note = [&](int version, std::string const& words) {
            return browser
                .post_json("/letters/notes",
                           {{"version", version}, {"sealed", testing::sealed_for(1, words)}})
                .status;
        };
        CHECK(note(1, "one") == 200);
        CHECK(note(1, "other") == 409);
        CHECK(note(3, "other") == 409);
        CHECK(note(2, "two") == 200);
        auto const notes = browser.get_json("/letters/keys").json().at("notes");
        CHECK(notes.at("version") == 2);
        CHECK(notes.at("sealed").as_string() == testing::sealed_for(1, "two"));
        CHECK(browser.post_json("/letters/notes", {{"version", 3}, {"sealed", "plain"}}).status ==
              400);
    });
}

TEST_CASE("a copy of everything holds one's letters as they are: sealed") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.bond(ada, ben);
    auto const path = house.conversation(ada, ben);
    house.send(ada, ben, 1, "mine");
    house.send(ben, ada, 1, "to me");
    house.set_pace(ben, "now", 10);
    house.send(ben, ada, 2, "not here yet");
    web::Archive archive;
    house.read([&](database::Read& read) {
        for (auto const& export_for : house.site.site().exports)
            export_for(house.site.site(), read, ada.id, archive);
    });
    std::string all;
    for (auto const& entry : archive.entries())
        if (entry.name.starts_with("letters")) all += entry.bytes;
    CHECK(all.find(testing::sealed_for(2, "mine")) != std::string::npos);
    CHECK(all.find(testing::sealed_for(2, "to me")) != std::string::npos);
    CHECK(all.find(testing::sealed_for(2, "not here yet")) == std::string::npos);
    CHECK(all.find("Ben") == std::string::npos);
}

}  // namespace
}  // namespace kith::letters
