#include "talk/search_store.hpp"

#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "postgres.hpp"
#include "talk/found_text.hpp"
#include "talk_site.hpp"

namespace kith::talk::testing {
namespace {

constexpr database::Sql being_erased = "update members set state = 'erasing' where id = :member";

using Bodies = std::vector<std::string>;

/// What `viewer` finds, as it was typed, newest first.
Bodies found(TalkSite& talk, Viewer const& viewer, std::string_view question) {
    auto const query = database::parse_search(question);
    web::SearchWish wish{.query = query};
    wish.at_most = 50;
    return talk.site.database().read([&](database::Read& read) {
        Bodies bodies;
        for (auto const& row : find_comments(read, viewer, "en", wish))
            bodies.push_back(text_without_quotes(row.html));
        return bodies;
    });
}

Bodies found_by(TalkSite& talk, Person const& person, std::string_view question = "tea") {
    return found(talk, {person.id, Role::member}, question);
}

Id<Discussion> id_of(TalkSite& talk, PublicId const& discussion) {
    return talk.site.database()
        .read([&](database::Read& read) {
            return find_discussion(read, Viewer::server(), discussion);
        })
        .value()
        .id;
}

TEST_CASE("a comment is found by whoever may read its discussion, on both engines") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        TalkSite talk(fresh.url);
        auto const ada = talk.person("Ada");
        auto const mo = talk.person("Mo");
        talk.post(ada, talk.discussion(ada), "tea for anyone");
        talk.post(ada, talk.discussion(ada, Audience::members), "tea for members");
        talk.post(ada, talk.discussion(ada, Audience::author), "tea for me");
        CHECK(found(talk, Viewer::stranger(), "tea") == Bodies{"tea for anyone"});
        CHECK(found_by(talk, mo) == Bodies{"tea for members", "tea for anyone"});
        CHECK(found_by(talk, ada) == Bodies{"tea for me", "tea for members", "tea for anyone"});
    }
}

TEST_CASE(
    "who keeps distance from its author, from what it answers or from the essay's, finds none") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        TalkSite talk(fresh.url);
        auto const ada = talk.person("Ada");
        auto const mo = talk.person("Mo");
        auto const olu = talk.person("Olu");
        auto const of_ada = talk.discussion(ada);
        auto const by_mo = talk.post(mo, of_ada, "tea by Mo");
        talk.post(ada, of_ada, "tea in answer", by_mo);
        talk.post(ada, of_ada, "tea by Ada");
        talk.post(olu, talk.discussion(mo), "tea at Mo's");
        CHECK(found_by(talk, olu).size() == 4);
        talk.keep_apart(olu, mo);
        CHECK(found_by(talk, olu) == Bodies{"tea by Ada"});
        CHECK(found_by(talk, mo) == Bodies{"tea by Ada", "tea in answer", "tea by Mo"});
        CHECK(found_by(talk, ada).size() == 4);
    }
}

TEST_CASE("what is said in a group is found by who reads it there") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        TalkSite talk(fresh.url);
        auto const ada = talk.person("Ada");
        auto const mo = talk.person("Mo");
        auto const late = talk.person("Late");
        auto const olu = talk.person("Olu");
        Id<Discussion> discussion;
        Id<Group> group;
        talk.site.database().write_now([&](database::Write& write) {
            auto const now = talk.site.clock.now();
            group = make_group(write, GroupSize::small);
            admit(write, group, ada.id, now);
            admit(write, group, mo.id, now);
            admit(write, group, late.id, now + std::chrono::hours(1));
            discussion = open_discussion(write, {.public_id = PublicId::make(talk.site.random),
                                                 .subject_path = "/circles/x",
                                                 .audience = Audience::group,
                                                 .author = ada.id,
                                                 .group = group,
                                                 .begun_at = now});
            add_comment(talk.site.site(), write, {discussion, ada.id, {}, "tea among us", "", now});
        });
        CHECK(found_by(talk, mo) == Bodies{"tea among us"});
        CHECK(found_by(talk, late).empty());
        CHECK(found_by(talk, olu).empty());
        CHECK(found(talk, {olu.id, Role::host}, "tea").empty());
        CHECK(found(talk, Viewer::stranger(), "tea").empty());
        // In a small circle nobody can be invisible; in a large one they are.
        talk.keep_apart(ada, mo);
        CHECK(found_by(talk, mo).size() == 1);
        talk.site.database().write_now([&](database::Write& write) {
            set_group_size(write, group, GroupSize::large);
            open_to_later(write, discussion, true);
        });
        CHECK(found_by(talk, mo).empty());
        CHECK(found_by(talk, late).size() == 1);
        talk.site.database().write_now(
            [&](database::Write& write) { dismiss(talk.site.site(), write, group, late.id); });
        CHECK(found_by(talk, late).empty());
    }
}

TEST_CASE("a comment that is changed, put aside or taken back isn't found by what it said") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        TalkSite talk(fresh.url);
        auto const ada = talk.person("Ada");
        auto const mo = talk.person("Mo");
        auto const sia = talk.person("Sia", Role::steward);
        auto const discussion = talk.discussion(ada);
        auto const id = talk.post(mo, discussion, "tea at seven");
        auto browser = talk.browser_of(mo);
        CHECK(browser.post("/comments/" + id + "/edit", {{"body", "coffee"}}).status == 303);
        CHECK(found_by(talk, ada).empty());
        CHECK(found_by(talk, ada, "coffee") == Bodies{"coffee"});
        auto steward = talk.browser_of(sia);
        CHECK(steward.post("/comments/" + id + "/hold").status == 303);
        CHECK(found_by(talk, ada, "coffee").empty());
        CHECK(found_by(talk, mo, "coffee").empty());
        CHECK(steward.post("/comments/" + id + "/release").status == 303);
        CHECK(found_by(talk, ada, "coffee").size() == 1);
        CHECK(browser.post("/comments/" + id + "/delete").status == 303);
        CHECK(found_by(talk, ada, "coffee").empty());
    }
}

TEST_CASE("a comment that waits for a steward isn't found, nor what its author's erasure took") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        TalkSite talk(fresh.url);
        auto const ada = talk.person("Ada");
        auto const mo = talk.person("Mo");
        auto const discussion = talk.discussion(ada);
        talk.post(mo, discussion, "tea from Mo");
        talk.change_community([](members::Community& house) { house.hold_links = true; });
        talk.post(ada, discussion, "tea <https://tea.example/>");
        CHECK(found_by(talk, ada) == Bodies{"tea from Mo"});
        auto const slice = talk_slice();
        talk.site.database().write_now(
            [&](database::Write& write) { (*slice.erase_for)(write, mo.id); });
        CHECK(found_by(talk, ada).empty());
    }
}

TEST_CASE("an audience that changes takes the comments along") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        TalkSite talk(fresh.url);
        auto const ada = talk.person("Ada");
        auto const mo = talk.person("Mo");
        auto const discussion = talk.discussion(ada, Audience::members);
        talk.post(mo, discussion, "tea");
        auto const id = id_of(talk, discussion);
        auto const say = [&](Audience audience) {
            talk.site.database().write_now(
                [&](database::Write& write) { set_audience(write, id, audience, true); });
        };
        CHECK(found(talk, Viewer::stranger(), "tea").empty());
        say(Audience::anyone);
        CHECK(found(talk, Viewer::stranger(), "tea").size() == 1);
        say(Audience::author);
        CHECK(found(talk, Viewer::stranger(), "tea").empty());
        CHECK(found_by(talk, mo).empty());
        CHECK(found_by(talk, ada).size() == 1);
        say(Audience::members);
        CHECK(found_by(talk, mo).size() == 1);
        CHECK(found(talk, Viewer::stranger(), "tea").empty());
    }
}

TEST_CASE("quoted words are found where they were said, and not where they are quoted") {
    CHECK(text_without_quotes(
              "<p>I &amp; <em>you</em></p>\n<blockquote>\n<p>gone</p>\n</blockquote>\n"
              "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n") == "I & you\none\ntwo");
    CHECK(text_without_quotes("<blockquote><blockquote>a</blockquote>b</blockquote>c") == "c");
    CHECK(text_without_quotes("").empty());
    TalkSite talk;
    auto const ada = talk.person("Ada");
    auto const discussion = talk.discussion(ada);
    auto const said = talk.post(ada, discussion, "tea with cardamom");
    talk.post(ada, discussion, "> [Ada](/comments/" + said + "):\n> tea with cardamom\n\nYes.");
    CHECK(found_by(talk, ada, "cardamom") == Bodies{"tea with cardamom"});
    CHECK(found_by(talk, ada, "yes") == Bodies{"Yes."});
}

TEST_CASE("whoever is being erased is found by themselves alone") {
    TalkSite talk;
    auto const ada = talk.person("Ada");
    auto const mo = talk.person("Mo");
    talk.post(mo, talk.discussion(ada), "tea");
    talk.site.database().write_now([&](database::Write& write) {
        database::execute(write, being_erased, database::bind("member", mo.id));
    });
    CHECK(found_by(talk, ada).empty());
    CHECK(found_by(talk, mo).size() == 1);
}

TEST_CASE("making the index anew, a few at a time, finds the same") {
    TalkSite talk;
    auto const ada = talk.person("Ada");
    auto const discussion = talk.discussion(ada);
    talk.post(ada, discussion, "tea one");
    talk.post(ada, discussion, "tea two");
    talk.post(ada, discussion, "gone tea");
    auto const before = found_by(talk, ada);
    talk.site.database().write_now([](database::Write& write) { database::empty_search(write); });
    CHECK(found_by(talk, ada).empty());
    auto const step = [&](std::int64_t after) {
        return talk.site.database().write_now(
            [&](database::Write& write) { return index_comments(write, after, 2); });
    };
    auto const first = step(0);
    CHECK(first > 0);
    CHECK(step(first) == 0);
    CHECK(found_by(talk, ada) == before);
}

}  // namespace
}  // namespace kith::talk::testing
