#include <algorithm>

#include "letters/keys_store.hpp"
#include "letters_site.hpp"

namespace kith::letters {
namespace {

using bonds::Step;
using testing::House;
using testing::on_both;
using testing::Person;

/// All that Ada receives of her conversation with Ben, once `close` was done to it.
struct Seen {
    std::string list;
    std::string page;
    std::string page_json;
    std::string send;
    std::string begin;
    std::string live;
};

/// Fails at the first byte that differs, and shows what stands around it.
void check_alike(std::string const& one, std::string const& other) {
    auto const at = std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first;
    auto const from = static_cast<std::size_t>(at - one.begin());
    auto const around = from < 60 ? 0 : from - 60;
    CHECK(one.substr(around, 160) == other.substr(std::min(around, other.size()), 160));
    CHECK((one == other));
}

void check_alike(Seen const& one, Seen const& other) {
    check_alike(one.list, other.list);
    check_alike(one.page, other.page);
    check_alike(one.page_json, other.page_json);
    check_alike(one.send, other.send);
    check_alike(one.begin, other.begin);
    check_alike(one.live, other.live);
}

/// Each test's ids are its own: they are the same length, and named alike here.
std::string plain(std::string text, std::vector<std::pair<std::string, std::string>> const& names) {
    for (auto const& [id, name] : names)
        for (auto at = text.find(id); at != std::string::npos; at = text.find(id, at))
            text.replace(at, id.size(), name);
    // The colour of the reader's own sign.
    constexpr std::string_view tint = "data-tint=\"";
    for (auto at = text.find(tint); at != std::string::npos; at = text.find(tint, at + 1))
        text[at + tint.size()] = '0';
    return text;
}

template <class Close>
Seen seen_after(House& house, Close close) {
    auto const ada = house.person("Ada");
    auto const ben = house.person("Ben");
    house.bond(ada, ben, Step::near);
    auto const path = house.conversation(ada, ben);
    house.send(ben, ada, 1, "from Ben");
    house.send(ada, ben, 1, "from Ada");
    CHECK(house.as(ada).post(path + "/receipts").status == 303);
    CHECK(house.as(ben).post(path + "/receipts").status == 303);
    for (auto const* one : {&ada, &ben}) CHECK(house.read_letters(*one, path) == 303);
    close(ada, ben);
    std::vector<std::pair<std::string, std::string>> names = {{path.substr(9), "CONVERSATION"},
                                                              {ada.public_id.text(), "ADA"},
                                                              {ben.public_id.text(), "BEN"}};
    for (auto const& letter : house.letters(ada, path))
        names.emplace_back(std::string(letter.at("id").as_string()), "LETTER");
    auto browser = house.as(ada);
    auto const words = house.letter(ada, ben, 2, "one more");
    Seen seen;
    seen.list = browser.get("/letters").body;
    seen.page = browser.get(path).body;
    auto const page = browser.get_json(path);
    CHECK(page.status == 200);
    CHECK(page.json().at("open") == false);
    CHECK(page.json().at("letters").as_array().size() == 2);
    seen.page_json = page.body;
    auto const refused = browser.post_json(path, words);
    CHECK(refused.status == 409);
    CHECK(refused.has("This conversation is closed."));
    seen.send = refused.body;
    auto const begin = browser.get("/letters/new?to=" + ben.public_id.text());
    CHECK(begin.status == 404);
    seen.begin = begin.body;
    auto const live = browser.get(path + "/live");
    CHECK(live.status == 404);
    seen.live = live.body;
    for (auto* text :
         {&seen.list, &seen.page, &seen.page_json, &seen.send, &seen.begin, &seen.live})
        *text = plain(std::move(*text), names);
    CHECK_FALSE(seen.page.find("Ben") != std::string::npos);
    CHECK_FALSE(seen.list.find("Ben") != std::string::npos);
    CHECK(seen.page.find("This conversation is closed.") != std::string::npos);
    return seen;
}

TEST_CASE("a conversation closes alike to the byte, whatever closed it") {
    on_both([](House& house) {
        auto const stepped_back = seen_after(house, [&](Person const& ada, Person const& ben) {
            house.give(ben, ada, Step::hello);
        });
        auto const ended = seen_after(house, [&](Person const& ada, Person const& ben) {
            house.give(ben, ada, Step::apart);
        });
        check_alike(ended, stepped_back);
        auto const distanced = seen_after(
            house, [&](Person const& ada, Person const& ben) { house.keep_distance(ben, ada); });
        check_alike(distanced, stepped_back);
        auto const by_oneself = seen_after(
            house, [&](Person const& ada, Person const& ben) { house.keep_distance(ada, ben); });
        check_alike(by_oneself, stepped_back);
        auto const resting =
            seen_after(house, [&](Person const&, Person const& ben) { house.rest(ben); });
        check_alike(resting, stepped_back);
        auto const suspended =
            seen_after(house, [&](Person const&, Person const& ben) { house.disable(ben); });
        check_alike(suspended, stepped_back);
        auto const leaving =
            seen_after(house, [&](Person const&, Person const& ben) { house.begin_erasing(ben); });
        check_alike(leaving, stepped_back);
        auto const erased =
            seen_after(house, [&](Person const&, Person const& ben) { house.erase(ben); });
        check_alike(erased, stepped_back);
    });
}

TEST_CASE("what was done after a conversation closed changes nothing for the other") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben, Step::near);
        auto const path = house.conversation(ada, ben);
        house.send(ben, ada, 1, "before");
        house.send(ada, ben, 1, "to Ben");
        house.keep_distance(ada, ben);
        auto const before = house.as(ada).get_json(path).body;
        auto const list = house.as(ada).get("/letters").body;
        CHECK(house.as(ben).post_json(path, house.letter(ben, ada, 2, "after")).status == 409);
        house.make_keys(ben);
        CHECK(house.read_letters(ben, path) == 303);
        CHECK(house.as(ben).post(path + "/receipts").status == 409);
        CHECK(house.as(ben).post(path + "/receipts/take-back").status == 303);
        CHECK(house.as(ada).get_json(path).body == before);
        CHECK(house.as(ada).get("/letters").body == list);
    });
}

TEST_CASE(
    "erasing takes keys, notes and what reached nobody; the other keeps what they were sent") {
    on_both([](House& house) {
        auto const ada = house.person("Ada");
        auto const ben = house.person("Ben");
        house.bond(ada, ben);
        auto const path = house.conversation(ada, ben);
        house.send(ben, ada, 1, "delivered");
        house.set_pace(ben, "now", 30);
        house.send(ben, ada, 2, "still waiting");
        house.write([&](database::Write& write) {
            CHECK(keep_notes(write, ben.viewer(), {1, "notes"}));
        });
        house.erase(ben);
        house.read([&](database::Read& read) {
            CHECK_FALSE(own_keys(read, ben.viewer()));
            CHECK(own_notes(read, ben.viewer()).version == 0);
            CHECK(list_conversations(read, ben.viewer()).empty());
        });
        house.site.clock.move(std::chrono::hours(1));
        house.run_jobs();
        CHECK(house.letters(ada, path).size() == 1);
        house.erase(ada);
        house.read([&](database::Read& read) {
            CHECK(all_conversations(read, Viewer::server()).empty());
            CHECK(letters_to_export(read, ada.viewer()).empty());
        });
    });
}

}  // namespace
}  // namespace kith::letters
