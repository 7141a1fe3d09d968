#include "letters/keys_store.hpp"
#include "letters_site.hpp"
#include "members/sign_in_events.hpp"

namespace kith::letters {
namespace {

using bonds::Step;
using testing::House;
using testing::on_both;
using testing::sealed_for;
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
    house.site.clock.move(24h);
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
        house.site.clock.move(24h);
        house.run_jobs();
        CHECK(house.letters(ben, path).size() == 1);
    });
}

TEST_CASE("sending delivers nothing by itself: it takes as long whoever receives it") {
    House house;
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.bond(ada, ben);
    auto const path = house.conversation(ada, ben);
    CHECK(house.as(ada).post_json(path, house.letter(ada, ben, 1, "soon")).status == 200);
    CHECK(house.letters(ben, path).empty());
    CHECK_FALSE(house.as(ben).get("/notices").has("Ada"));
    house.run_jobs();
    CHECK(house.letters(ben, path).size() == 1);
}

TEST_CASE("quiet hours that begin while a letter waits hold it until they end") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben);
        auto const path = house.conversation(ada, ben);
        house.set_pace(ada, "now", 10);
        house.send(ada, ben, 1, "later");
        // It is eight in the evening.
        house.set_quiet(ben, 20h, 22h);
        house.site.clock.move(10min);
        house.run_jobs();
        CHECK(house.letters(ben, path).empty());
        CHECK_FALSE(house.as(ben).get("/notices").has("Ada"));
        house.site.clock.move(2h);
        house.run_jobs();
        CHECK(house.letters(ben, path).size() == 1);
        CHECK(house.as(ben).get("/notices").has("Ada"));
    });
}

TEST_CASE("what was told of a letter goes by stepping back as by distance") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben);
        auto const told = [&] { return house.as(ada).get("/notices").has("Ben has written"); };
        auto const path = "/members/" + ada.public_id.text();
        house.send(ben, ada, 1, "one");
        CHECK(told());
        CHECK(house.as(ben).post(path + "/bond/step-back", {{"step", "apart"}}).status == 303);
        CHECK_FALSE(told());
        house.give(ben, ada, Step::letters);
        house.send(ben, ada, 2, "two");
        CHECK(told());
        CHECK(house.as(ben).post(path + "/distance").status == 303);
        CHECK_FALSE(told());
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

TEST_CASE("another wrap leaves the other one as it is") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        house.make_keys(ada);
        auto browser = house.as(ada);
        auto const wraps = [&] {
            auto const keys = browser.get_json("/letters/keys").json().at("keys");
            return std::pair(std::string(keys.at("by_passphrase").as_string()),
                             std::string(keys.at("by_code").as_string()));
        };
        auto const rewrap = [&](std::string const& by_passphrase, std::string const& by_code) {
            return browser
                .post_json("/letters/keys/wrapped", {{"recipient", testing::recipient_of(ada)},
                                                     {"verify_key", "verify"},
                                                     {"proof", "proof"},
                                                     {"by_passphrase", by_passphrase},
                                                     {"by_code", by_code},
                                                     {"replaces", ""}})
                .status;
        };
        auto const first = testing::sealed_for(1, "first", "scrypt");
        auto const second = testing::sealed_for(1, "second", "scrypt");
        auto const before = wraps();
        CHECK(rewrap(first, "") == 200);
        CHECK(wraps() == std::pair(first, before.second));
        CHECK(rewrap("", second) == 200);
        CHECK(wraps() == std::pair(first, second));
        CHECK(rewrap("", "") == 400);
        CHECK(rewrap("plain", second) == 400);
    });
}

TEST_CASE("keys and wraps are changed by whoever lately showed who they are, and told elsewhere") {
    House house;
    auto const ada = house.person("Ada");
    auto browser = house.as(ada);
    auto const wrapped = testing::sealed_for(1, "wrapped", "scrypt");
    boost::json::object form{{"recipient", "age1first"}, {"verify_key", "v"},  {"proof", "p"},
                             {"by_passphrase", wrapped}, {"by_code", wrapped}, {"replaces", ""}};
    house.site.clock.move(6min);
    auto const desk = browser.get_json("/letters/keys").json().at("desk");
    CHECK(desk.at("fresh") == false);
    CHECK(desk.at("again_url") == "/sign-in/again?then=%2Fletters%2Fkeys");
    CHECK(browser.post_json("/letters/keys", form).status == 200);
    auto const told = [&] {
        return house.read([&](database::Read& read) {
            return members::events_elsewhere(read, ada.viewer(), {}, Time{});
        });
    };
    CHECK(told().empty());

    auto const refused = browser.post_json("/letters/keys/wrapped", form);
    CHECK(refused.status == 403);
    CHECK(refused.json().at("error").at("code") == "refusal.fresh_sign_in");
    auto second = form;
    second["recipient"] = "age1second";
    second["replaces"] = "age1first";
    CHECK(browser.post_json("/letters/keys", second).status == 403);
    CHECK(browser.get_json("/letters/keys").json().at("keys").at("recipient") == "age1first");
    CHECK(told().empty());

    auto fresh = house.as(ada);
    CHECK(fresh.post_json("/letters/keys/wrapped", form).status == 200);
    REQUIRE(told().size() == 1);
    CHECK(told()[0].kind == members::SignInEvent::letter_keys_changed);
    CHECK(fresh.post_json("/letters/keys", second).status == 200);
    CHECK(told().size() == 2);
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

TEST_CASE("pictures are files of their own in a copy, and in no page twice") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben, Step::near);
        auto const path = house.conversation(ada, ben);
        auto form = house.letter(ada, ben, 1, "look");
        form["picture"] = sealed_for(2, "a picture");
        CHECK(house.as(ada).post_json(path, form).status == 200);
        house.run_jobs();
        web::Archive archive;
        house.read([&](database::Read& read) {
            for (auto const& export_for : house.site.site().exports)
                export_for(house.site.site(), read, ben.id, archive);
        });
        std::string name;
        for (auto const& entry : archive.entries()) {
            CHECK(entry.bytes.find(sealed_for(2, "a picture")) == std::string::npos);
            if (!entry.name.starts_with("letters/")) continue;
            name = entry.name;
            CHECK(entry.bytes.starts_with("age-encryption.org/v1\n"));
            CHECK(entry.bytes.ends_with("a picture"));
        }
        CHECK(name.ends_with(".age"));
        for (auto const& entry : archive.entries())
            if (entry.name == "letters.json") CHECK(entry.bytes.find(name) != std::string::npos);
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
