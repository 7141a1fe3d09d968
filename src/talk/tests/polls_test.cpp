// Questions with choices: numbers alone, for whoever has answered, counted for each viewer.
#include "talk/polls_store.hpp"

#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "postgres.hpp"
#include "talk/group_words.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using namespace std::chrono_literals;
using testing::Person;
using testing::TalkSite;
using tests::Browser;
using tests::databases_for_tests;
using tests::FormFields;
using tests::Reply;

/// A group of four, with one discussion of Ada's; Lea is a member of the community only.
struct Asking {
    explicit Asking(std::string const& url = {}, GroupSize size = GroupSize::small) : site(url) {
        auto const now = site.site.clock.now();
        site.site.database().write_now([&](database::Write& write) {
            group = make_group(write, size);
            for (auto const& person : {ada, ben, cleo, dan}) admit(write, group, person.id, now);
            DiscussionOpening opening{discussion, "/test/" + discussion.text(), Audience::group,
                                      ada.id};
            opening.group = group;
            opening.begun_at = now;
            static_cast<void>(open_discussion(write, opening));
        });
    }

    /// Asks in a comment of Ben's; gives the comment's address.
    std::string ask(FormFields const& more = {}) {
        FormFields fields{{"body", "When shall we meet?"},
                          {"poll_question", "Which evening?"},
                          {"poll_choices", "Monday\n\n Tuesday \nMonday\nWednesday"}};
        fields.insert(fields.begin(), more.begin(), more.end());
        auto const reply = as(ben).post(path() + "/comments", fields);
        REQUIRE(reply.status == 303);
        auto const location = reply.header("location");
        return location.substr(0, location.find('?'));
    }
    [[nodiscard]] Browser as(Person const& person) const { return site.browser_of(person); }
    [[nodiscard]] std::string path() const { return "/test/" + discussion.text(); }
    /// The poll as a program is told.
    boost::json::value poll(Person const& person, std::string const& comment) {
        auto const reply = as(person).get_json(comment);
        REQUIRE(reply.status == 200);
        return reply.json().at("poll");
    }
    std::string url(std::string const& comment) {
        return std::string(poll(ben, comment).at("url").as_string());
    }
    Reply vote(Person const& person, std::string const& url, FormFields const& choice) {
        return as(person).post(url + "/vote", choice);
    }
    std::int64_t count(std::string const& table) {
        return site.site.database().write_now([&](database::Write& write) {
            if (table == "votes")
                return database::number(write, database::Sql("select count(*) from poll_votes"));
            return database::number(write, database::Sql("select count(*) from polls")) +
                   database::number(write, database::Sql("select count(*) from poll_choices"));
        });
    }

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person cleo = site.person("Cleo");
    Person dan = site.person("Dan");
    Person lea = site.person("Lea");
    PublicId discussion = PublicId::make(site.site.random);
    Id<Group> group;
};

std::string missing(Browser browser) { return browser.get("/polls/" + std::string(22, 'A')).body; }

TEST_CASE("a question is answered, the answer changed and taken back; numbers come after it") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Asking s(fresh.url);
        auto const comment = s.ask();
        auto const url = s.url(comment);
        auto const before = s.poll(s.cleo, comment);
        CHECK(before.at("choices").as_array().size() == 3);
        CHECK(before.at("choices").at(1).at("words") == "Tuesday");
        REQUIRE(s.vote(s.dan, url, {{"choice", "2"}}).status == 303);
        CHECK(s.poll(s.cleo, comment).at("shows_results") == false);
        CHECK(s.poll(s.cleo, comment) == before);
        CHECK(s.as(s.cleo).get(s.path()).has("You see what others answered once"));
        REQUIRE(s.vote(s.cleo, url, {{"choice", "3"}}).status == 303);
        auto const after = s.poll(s.cleo, comment);
        CHECK(after.at("choices").at(1).at("votes") == 1);
        CHECK(after.at("choices").at(2).at("votes") == 1);
        CHECK(after.at("choices").at(2).at("chosen") == true);
        CHECK(after.at("voters") == 2);
        auto const page = s.as(s.cleo).get(s.path());
        CHECK(page.has("(your answer)"));
        CHECK(page.has("2 people have answered."));
        CHECK_FALSE(page.has("Dan"));
        REQUIRE(s.vote(s.cleo, url, {{"choice", "2"}}).status == 303);
        CHECK(s.poll(s.cleo, comment).at("choices").at(1).at("votes") == 2);
        CHECK(s.poll(s.cleo, comment).at("choices").at(2).at("votes") == 0);
        REQUIRE(s.as(s.cleo).post(url + "/take-back").status == 303);
        CHECK(s.poll(s.cleo, comment) == before);
        CHECK(s.poll(s.dan, comment).at("choices").at(1).at("votes") == 1);
    }
}

TEST_CASE("one answer or several, as it was asked; what isn't there can't be chosen") {
    Asking s;
    auto const one = s.url(s.ask());
    auto const both = s.vote(s.cleo, one, {{"choice", "1"}, {"choice", "2"}});
    CHECK(both.status == 422);
    CHECK(both.has("Please choose one answer only."));
    CHECK(s.vote(s.cleo, one, {}).status == 422);
    CHECK(s.vote(s.cleo, one, {{"choice", "4"}}).status == 422);
    CHECK(s.count("votes") == 0);
    auto const comment = s.ask({{"poll_many", "1"}});
    auto const many = s.url(comment);
    REQUIRE(s.vote(s.cleo, many, {{"choice", "1"}, {"choice", "3"}, {"choice", "3"}}).status ==
            303);
    CHECK(s.poll(s.cleo, comment).at("voters") == 1);
    auto json = s.as(s.dan);
    CHECK(json.post_json(many + "/vote", {{"choice", boost::json::array{1, 2}}}).status == 200);
    CHECK(s.poll(s.dan, comment).at("choices").at(0).at("votes") == 2);
}

TEST_CASE("what ends takes no more answers, and shows the numbers to all who read it") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Asking s(fresh.url);
        auto const comment = s.ask({{"poll_ends", "day"}});
        auto const url = s.url(comment);
        REQUIRE(s.vote(s.dan, url, {{"choice", "2"}}).status == 303);
        s.site.site.clock.move(24h);
        CHECK(s.vote(s.cleo, url, {{"choice", "1"}}).status == 409);
        CHECK(s.as(s.dan).post(url + "/take-back").status == 409);
        CHECK(s.poll(s.cleo, comment).at("choices").at(1).at("votes") == 1);
        CHECK(s.as(s.cleo).get(url).has("This has ended."));
    }
}

TEST_CASE("nothing is answered where nothing is added any more") {
    Asking s;
    auto const comment = s.ask();
    auto const url = s.url(comment);
    s.site.site.database().write_now([&](database::Write& write) { close_group(write, s.group); });
    CHECK(s.vote(s.cleo, url, {{"choice", "1"}}).status == 409);
    CHECK(s.poll(s.cleo, comment).at("shows_results") == true);
}

TEST_CASE("what is wrong with a question is said beside it, and what was typed is kept") {
    Asking s;
    auto const post = [&](FormFields fields) {
        fields.emplace_back("body", "When shall we meet?");
        return s.as(s.ben).post(s.path() + "/comments", fields);
    };
    auto const few = post({{"poll_question", "Which?"}, {"poll_choices", "Only this"}});
    CHECK(few.status == 422);
    CHECK(few.has("id=\"poll_choices-mistake\">Two to eight choices"));
    CHECK(few.has("value=\"Which?\""));
    CHECK(few.has("Only this</textarea>"));
    CHECK(few.has("When shall we meet?</textarea>"));
    CHECK(post({{"poll_choices", "a\nb"}}).has("id=\"poll_question-mistake\""));
    CHECK(post({{"poll_question", "q"}, {"poll_choices", "1\n2\n3\n4\n5\n6\n7\n8\n9"}}).status ==
          422);
    std::string const long_one(limits::poll_choice_characters_max + 1, 'x');
    CHECK(post({{"poll_question", "q"}, {"poll_choices", "a\n" + long_one}}).status == 422);
    CHECK(s.count("polls") == 0);
    // Questions are for circles.
    auto const page = s.site.discussion(s.ada, Audience::members);
    CHECK_FALSE(s.as(s.ben).get("/test/" + page.text()).has("poll_question"));
    CHECK(s.as(s.ben)
              .post("/test/" + page.text() + "/comments",
                    {{"body", "x"}, {"poll_question", "q"}, {"poll_choices", "a\nb"}})
              .status == 422);
}

TEST_CASE("only who reads the words sees the question: hidden and missing are the same") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Asking s(fresh.url, GroupSize::large);
        auto const url = s.url(s.ask());
        CHECK(s.as(s.lea).get(url).body == missing(s.as(s.lea)));
        CHECK(s.vote(s.lea, url, {{"choice", "1"}}).status == 404);
        CHECK(s.site.site.browser().get(url).status == 303);
        s.site.keep_apart(s.ben, s.cleo);
        CHECK(s.as(s.cleo).get(url).body == missing(s.as(s.cleo)));
        CHECK(s.vote(s.cleo, url, {{"choice", "1"}}).status == 404);
        CHECK(s.as(s.dan).get(url).status == 200);
    }
}

TEST_CASE("in a large circle numbers leave out people apart; in a small one they are the same") {
    for (auto const& fresh : databases_for_tests()) {
        for (auto const size : {GroupSize::large, GroupSize::small}) {
            CAPTURE(fresh.engine);
            if (size == GroupSize::small && fresh.engine != "sqlite") continue;
            Asking s(size == GroupSize::large ? fresh.url : std::string(), size);
            auto const comment = s.ask();
            auto const url = s.url(comment);
            s.site.keep_apart(s.cleo, s.dan);
            REQUIRE(s.vote(s.cleo, url, {{"choice", "1"}}).status == 303);
            auto const alone = s.as(s.cleo).get(comment).body;
            auto const before = s.poll(s.cleo, comment);
            REQUIRE(s.vote(s.dan, url, {{"choice", "1"}}).status == 303);
            bool const same = s.poll(s.cleo, comment) == before;
            CHECK(same == (size == GroupSize::large));
            CHECK(s.as(s.cleo).get(comment).body == alone);
            REQUIRE(s.vote(s.ben, url, {{"choice", "1"}}).status == 303);
            CHECK(s.poll(s.ben, comment).at("choices").at(0).at("votes") == 3);
        }
    }
}

TEST_CASE("a question goes with its words, with who asked it, and with its group") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Asking s(fresh.url);
        auto const slice = talk_slice();
        auto const taken_back = s.ask();
        REQUIRE(s.vote(s.dan, s.url(taken_back), {{"choice", "1"}}).status == 303);
        REQUIRE(s.as(s.ben).post(taken_back + "/delete").status == 303);
        CHECK(s.count("votes") + s.count("polls") == 0);
        auto const erased = s.ask();
        REQUIRE(s.vote(s.dan, s.url(erased), {{"choice", "1"}}).status == 303);
        REQUIRE(s.vote(s.cleo, s.url(erased), {{"choice", "1"}}).status == 303);
        s.site.site.database().write_now(
            [&](database::Write& write) { (*slice.erase_for)(write, s.dan.id); });
        CHECK(s.poll(s.cleo, erased).at("choices").at(0).at("votes") == 1);
        s.site.site.database().write_now(
            [&](database::Write& write) { (*slice.erase_for)(write, s.ben.id); });
        CHECK(s.count("votes") + s.count("polls") == 0);
        s.site.site.database().write_now(
            [&](database::Write& write) { admit(write, s.group, s.ben.id, Time{}); });
        static_cast<void>(s.ask());
        s.site.site.database().write_now(
            [&](database::Write& write) { erase_group(write, s.group); });
        CHECK(s.count("votes") + s.count("polls") == 0);
    }
}

TEST_CASE("in their copy everyone finds what they asked and what they answered") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Asking s(fresh.url, GroupSize::large);
        auto const slice = talk_slice();
        auto const polls_of = [&](Person const& person) {
            web::Archive archive;
            s.site.site.database().read([&](database::Read& read) {
                (*slice.export_for)(s.site.site.site(), read, person.id, archive);
                return 0;
            });
            auto const found =
                std::ranges::find(archive.entries(), "polls.json", &web::Archive::Entry::name);
            REQUIRE(found != archive.entries().end());
            return found->bytes;
        };
        REQUIRE(s.vote(s.dan, s.url(s.ask()), {{"choice", "2"}}).status == 303);
        CHECK(polls_of(s.ben).find("Wednesday") != std::string::npos);
        CHECK(polls_of(s.dan).find("Tuesday") != std::string::npos);
        CHECK(polls_of(s.dan).find("Wednesday") == std::string::npos);
        CHECK(polls_of(s.cleo).find("Tuesday") == std::string::npos);
        s.site.keep_apart(s.dan, s.ben);
        CHECK(polls_of(s.dan).find("Tuesday") == std::string::npos);
    }
}

}  // namespace
}  // namespace kith::talk
