#include <doctest/doctest.h>

#include "postgres.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using testing::Person;
using testing::TalkSite;
using testing::Told;

constexpr database::Sql replies_sql =
    "select r.member from human_replies r join discussions d on d.id = r.discussion "
    "where d.public_id = :discussion and r.member <> d.author order by r.replied_at, r.member";

struct Kindness {
    explicit Kindness(std::string const& url = {}) : site(url) {}

    /// What a program is told of the comment, as `browser`'s member sees it.
    static boost::json::value told(tests::Browser& browser, std::string const& comment) {
        return browser.get_json("/comments/" + comment).json();
    }
    static std::string kind(tests::Browser& browser, std::string const& comment) {
        return std::string(told(browser, comment).at("kind").as_string());
    }
    static std::size_t groups(tests::Browser& browser, std::string const& comment) {
        return told(browser, comment).at("kind_from").as_array().size();
    }
    static int say(tests::Browser& browser, std::string const& comment, std::string const& kind) {
        return browser.post("/comments/" + comment + "/kind", {{"kind", kind}}).status;
    }

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person cleo = site.person("Cleo");
    PublicId discussion = site.discussion(ada);
    std::string path = "/test/" + discussion.text();
    tests::Browser ada_browser = site.browser_of(ada);
    tests::Browser ben_browser = site.browser_of(ben);
    tests::Browser cleo_browser = site.browser_of(cleo);
    tests::Browser stranger = site.site.browser();
};

TEST_CASE("a reader tells the author without words, and only the author sees from whom") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Kindness s(fresh.url);
        auto const comment = s.site.post(s.ada, s.discussion, "It was a hard day");
        auto const page_before = s.stranger.get_json(s.path).body;
        auto const bens_before = s.cleo_browser.get_json("/comments/" + comment).body;
        CHECK(s.ben_browser.get(s.path).has("/kind\"><button name=\"kind\" value=\"heard\">"));
        CHECK(Kindness::say(s.ben_browser, comment, "heard") == 303);
        CHECK(Kindness::kind(s.ben_browser, comment) == "heard");
        CHECK(s.ben_browser.get(s.path).has("/kind/take-back\""));
        CHECK(Kindness::groups(s.ben_browser, comment) == 0);
        // One for each member: another takes its place.
        CHECK(Kindness::say(s.ben_browser, comment, "with_you") == 303);
        CHECK(s.ada_browser.get(s.path).has("With you: Ben. Only you see this."));
        CHECK_FALSE(s.ada_browser.get(s.path).has("Heard by"));
        CHECK(Kindness::say(s.cleo_browser, comment, "with_you") == 303);
        CHECK(s.ada_browser.get(s.path).has("With you: Ben, Cleo."));
        CHECK(Kindness::groups(s.ada_browser, comment) == 1);
        // For everyone else not a byte has changed.
        CHECK(s.stranger.get_json(s.path).body == page_before);
        CHECK(s.cleo_browser.post("/comments/" + comment + "/kind/take-back").status == 303);
        CHECK(s.cleo_browser.get_json("/comments/" + comment).body == bens_before);
        CHECK(s.ada_browser.get(s.path).has("With you: Ben. Only"));
    }
}

TEST_CASE("the author is told that somebody answered without words, until that is taken back") {
    Kindness s;
    Told told(s.site);
    auto const comment = s.site.post(s.cleo, s.discussion, "Cleo's");
    told.forget();
    CHECK(Kindness::say(s.ben_browser, comment, "heard") == 303);
    REQUIRE(told.has("talk.kindly", s.cleo));
    CHECK(told.last().from == s.ben.id);
    CHECK(told.last().url == "/comments/" + comment);
    CHECK(Kindness::say(s.ada_browser, comment, "heard") == 303);
    CHECK(told.count() == 2);
    CHECK(s.ben_browser.post("/comments/" + comment + "/kind/take-back").status == 303);
    CHECK(told.count() == 1);
    CHECK(told.last().from == s.ada.id);
}

TEST_CASE("nobody answers themselves, a guest, nothing or what is closed without words") {
    Kindness s;
    auto const comment = s.site.post(s.ada, s.discussion, "Ada's");
    CHECK(Kindness::say(s.ada_browser, comment, "heard") == 404);
    CHECK(Kindness::say(s.ben_browser, std::string(22, 'A'), "heard") == 404);
    CHECK(Kindness::say(s.ben_browser, comment, "none") == 400);
    CHECK(Kindness::say(s.ben_browser, comment, "liked") == 422);
    CHECK(s.stranger.post_json("/comments/" + comment + "/kind", {{"kind", "heard"}}).status ==
          401);
    CHECK_FALSE(s.stranger.get(s.path).has("/kind\""));
    s.site.site.database().write_now([&](database::Write& write) {
        auto const row = find_discussion(write, Viewer::server(), s.discussion);
        set_audience(write, row->id, Audience::anyone, false);
    });
    CHECK(Kindness::say(s.ben_browser, comment, "heard") == 409);
    CHECK(Kindness::groups(s.ada_browser, comment) == 0);
}

TEST_CASE("people apart tell each other nothing without words, and find out nothing by it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Kindness s(fresh.url);
        auto const adas = s.site.post(s.ada, s.discussion, "Ada's");
        auto const cleos = s.site.post(s.cleo, s.discussion, "Cleo's");
        CHECK(Kindness::say(s.ben_browser, cleos, "heard") == 303);
        CHECK(Kindness::say(s.cleo_browser, adas, "heard") == 303);
        CHECK(Kindness::groups(s.cleo_browser, cleos) == 1);
        s.site.keep_apart(s.ben, s.cleo);
        // What was said before is gone from sight, both ways.
        CHECK(Kindness::groups(s.cleo_browser, cleos) == 0);
        CHECK_FALSE(s.cleo_browser.get(s.path).has("Ben"));
        std::string const missing(22, 'A');
        auto const hidden =
            s.ben_browser.post_json("/comments/" + cleos + "/kind", {{"kind", "heard"}});
        auto const nothing =
            s.ben_browser.post_json("/comments/" + missing + "/kind", {{"kind", "heard"}});
        CHECK(hidden.status == 404);
        CHECK(hidden.body == nothing.body);
        for (auto const& comment : {cleos, missing}) {
            auto const back = s.ben_browser.post("/comments/" + comment + "/kind/take-back");
            CHECK(back.status == 303);
            CHECK(back.header("location") == "/");
        }
        // A third sees what she always did.
        CHECK(Kindness::groups(s.ada_browser, adas) == 1);
    }
}

TEST_CASE("an answer without words counts as a person's answer, and goes with who gave it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Kindness s(fresh.url);
        auto const comment = s.site.post(s.ada, s.discussion, "Hello, I am new here");
        auto const repliers = [&] {
            return s.site.site.database().read([&](database::Read& read) {
                return database::rows<Id<Member>>(read, replies_sql,
                                                  database::bind("discussion", s.discussion));
            });
        };
        CHECK(repliers().empty());
        CHECK(Kindness::say(s.ben_browser, comment, "heard") == 303);
        CHECK(repliers() == std::vector{s.ben.id});
        CHECK(s.ben_browser.post("/comments/" + comment + "/kind/take-back").status == 303);
        CHECK(repliers().empty());
        CHECK(Kindness::say(s.ben_browser, comment, "thinking_of_you") == 303);
        auto const slice = talk_slice();
        web::Archive archive;
        s.site.site.database().read([&](database::Read& read) {
            (*slice.export_for)(s.site.site.site(), read, s.ben.id, archive);
        });
        bool exported = false;
        for (auto const& entry : archive.entries())
            exported = exported || (entry.name == "kind-replies.json" &&
                                    entry.bytes.find("thinking_of_you") != std::string::npos);
        CHECK(exported);
        s.site.site.database().write_now(
            [&](database::Write& write) { (*slice.erase_for)(write, s.ben.id); });
        CHECK(repliers().empty());
        CHECK(Kindness::groups(s.ada_browser, comment) == 0);
        // With the words goes what was said of them.
        CHECK(Kindness::say(s.cleo_browser, comment, "heard") == 303);
        CHECK(s.ada_browser.post("/comments/" + comment + "/delete").status == 303);
        CHECK(repliers().empty());
    }
}

}  // namespace
}  // namespace kith::talk
