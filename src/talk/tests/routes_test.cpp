#include <doctest/doctest.h>

#include <algorithm>

#include "base/limits.hpp"
#include "members/profiles_store.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using namespace std::chrono_literals;
using testing::ids_of;
using testing::Person;
using testing::Scene;

TEST_CASE("a member comments and is led to the comment on its page") {
    Scene s;
    auto const posted = s.ben_browser.post(
        s.comments, {{"body", "Thank you, *Ada*"}, {"content_note", "a hospital"}});
    REQUIRE(posted.status == 303);
    auto const there = s.ben_browser.get(posted.header("location"));
    REQUIRE(there.status == 303);
    CHECK(there.header("location").starts_with(s.path + "?said=talk.said_posted#c-"));
    auto const page = s.ben_browser.follow(there);
    CHECK(page.has("Thank you, <em>Ada</em>"));
    CHECK(page.has("<b>Content note:</b> a hospital"));
    CHECK(page.has("Your comment is here."));
    CHECK(page.has("/edit"));
    CHECK_FALSE(page.has("Keep distance"));
    auto const others = s.ada_browser.get(s.path);
    CHECK(others.has("Thank you"));
    CHECK_FALSE(others.has("/edit\""));
}

TEST_CASE("a program gets the comment that it made") {
    Scene s;
    auto const reply = s.ben_browser.post_json(s.comments, {{"body", "Hello"}});
    REQUIRE(reply.status == 201);
    auto const comment = reply.json();
    CHECK(comment.at("name").as_string() == "Ben");
    CHECK(comment.at("own").as_bool());
    auto const again =
        s.ada_browser.get_json("/comments/" + std::string(comment.at("id").as_string()));
    CHECK(again.status == 200);
    CHECK(again.json().at("html").as_string() == comment.at("html").as_string());
    CHECK_FALSE(again.json().at("own").as_bool());
}

TEST_CASE("what was typed wrongly is kept beside the sentence that says so") {
    Scene s;
    auto const empty = s.ben_browser.post(s.comments, {{"body", "  "}, {"content_note", "kept"}});
    CHECK(empty.status == 422);
    CHECK(empty.has("aria-invalid"));
    CHECK(empty.has("value=\"kept\""));
    std::string const long_words(limits::post_bytes_max + 1, 'a');
    auto const too_long = s.ben_browser.post(s.comments, {{"body", long_words}});
    CHECK(too_long.status == 422);
    CHECK(too_long.has(long_words));
    auto const note = s.ben_browser.post(
        s.comments, {{"body", "fine"},
                     {"content_note", std::string(limits::content_note_characters_max + 1, 'n')}});
    CHECK(note.status == 422);
    CHECK(note.has(">\nfine</textarea>"));
    CHECK(ids_of(s.ada_browser.get_json(s.path).json()).empty());
}

TEST_CASE("the same key sent twice gives the same answer and one comment") {
    Scene s;
    boost::json::object const form{{"body", "once"}, {"idempotency_key", "the-key"}};
    auto const first = s.ben_browser.post_json(s.comments, form);
    auto const second = s.ben_browser.post_json(s.comments, form);
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(first.json().at("id") == second.json().at("id"));
    CHECK(s.ada_browser.post_json(s.comments, form).status == 201);
    CHECK(ids_of(s.ada_browser.get_json(s.path).json()).size() == 2);
}

TEST_CASE("a name leads to its member's page where the viewer may see that, and only there") {
    Scene s;
    auto const id = s.site.post(s.ben, s.discussion, "words");
    auto const link = "href=\"/members/" + s.ben.public_id.text() + "\"";
    auto const url = [&](tests::Browser& browser) {
        auto const told = browser.get_json("/comments/" + id).json();
        return std::string(told.at("author").at("url").as_string());
    };
    CHECK_FALSE(s.ada_browser.get(s.path).has(link));
    CHECK(s.ada_browser.get(s.path).has(">Ben<br>"));
    CHECK(url(s.ada_browser).empty());
    CHECK_FALSE(s.sam_browser.get(s.path).has(link));
    CHECK(s.ben_browser.get(s.path).has(link));
    s.site.list(s.ben);
    CHECK(s.ada_browser.get(s.path).has(link));
    CHECK(url(s.ada_browser) == "/members/" + s.ben.public_id.text());
    CHECK_FALSE(s.stranger.get(s.path).has("href=\"/members/"));
    CHECK(s.stranger.get(s.path).has(">Ben<br>"));
    // Who leads is seen by every member.
    s.site.post(s.sam, s.discussion, "a steward's");
    CHECK(s.ada_browser.get(s.path).has("href=\"/members/" + s.sam.public_id.text() + "\""));
}

TEST_CASE("a reply to a reply stands under the same comment") {
    Scene s;
    auto const top = s.site.post(s.ada, s.discussion, "top");
    auto const reply = s.site.post(s.ben, s.discussion, "reply", top);
    auto const deeper = s.site.post(s.ada, s.discussion, "deeper", reply);
    s.site.post(s.ben, s.discussion, "another");
    auto const page = s.ben_browser.get_json(s.path).json();
    auto const& items = page.at("comments").at("items").as_array();
    REQUIRE(items.size() == 2);
    REQUIRE(items[0].at("replies").as_array().size() == 2);
    CHECK(items[0].at("replies").as_array()[1].at("id").as_string() == deeper);
}

TEST_CASE("a reply is written without JavaScript, by a link to the form") {
    Scene s;
    auto const top = s.site.post(s.ada, s.discussion, "top");
    auto const form = s.ben_browser.get(s.path + "?reply=" + top);
    CHECK(form.has("Reply to Ada"));
    CHECK(form.has("name=\"parent\" value=\"" + top + "\""));
    auto const mistake = s.ben_browser.post(s.comments, {{"body", ""}, {"parent", top}});
    CHECK(mistake.status == 422);
    CHECK(mistake.has("name=\"parent\" value=\"" + top + "\""));
}

TEST_CASE("an author edits, and the page says so") {
    Scene s;
    auto const id = s.site.post(s.ben, s.discussion, "frist");
    auto const form = s.ben_browser.get("/comments/" + id + "/edit");
    CHECK(form.has(">\nfrist</textarea>"));
    CHECK(s.ada_browser.get("/comments/" + id + "/edit").status == 404);
    CHECK(s.stranger.get("/comments/" + id + "/edit").status == 303);
    CHECK(s.ada_browser.post("/comments/" + id + "/edit", {{"body", "mine"}}).status == 404);
    CHECK(s.ben_browser.post("/comments/" + id + "/edit", {{"body", ""}}).status == 422);
    CHECK(s.ben_browser.post("/comments/" + id + "/edit", {{"body", "first"}}).status == 303);
    auto const page = s.ada_browser.get(s.path);
    CHECK(page.has("<p>first</p>"));
    CHECK(page.has("(edited)"));
    CHECK_FALSE(page.has("frist"));
}

TEST_CASE("what is taken back is gone, but replies keep their place") {
    Scene s;
    auto const top = s.site.post(s.ben, s.discussion, "to be gone");
    auto const alone = s.site.post(s.ben, s.discussion, "alone");
    s.site.post(s.ada, s.discussion, "stays", top);
    CHECK(s.ada_browser.post("/comments/" + top + "/delete").status == 404);
    CHECK(s.ben_browser.post("/comments/" + top + "/delete").status == 303);
    CHECK(s.ben_browser.post("/comments/" + alone + "/delete").status == 303);
    auto const page = s.ada_browser.get(s.path);
    CHECK_FALSE(page.has("to be gone"));
    CHECK_FALSE(page.has("alone"));
    CHECK(page.has("Its author has taken this back."));
    CHECK(page.has("stays"));
    auto const json = s.ada_browser.get_json(s.path).json();
    auto const& item = json.at("comments").at("items").as_array().at(0);
    CHECK(item.at("standing").as_string() == "taken_back");
    CHECK(item.at("author").is_null());
    CHECK(s.ada_browser.get("/comments/" + alone).status == 404);
}

TEST_CASE("a first comment is held, its author sees it, a steward lets it stand") {
    Scene s;
    s.site.change_community([](members::Community& c) { c.hold_first_comments = true; });
    auto const id = s.site.post(s.ben, s.discussion, "my first");
    CHECK(s.ben_browser.get(s.path).has("held until a steward has read it"));
    CHECK_FALSE(s.ada_browser.get(s.path).has("my first"));
    CHECK(s.ada_browser.get("/comments/" + id).status == 404);
    CHECK(s.ben_browser.get("/review").status == 404);
    CHECK(s.ben_browser.post("/comments/" + id + "/release").status == 404);
    CHECK(s.sam_browser.get("/review").has("my first"));
    CHECK(s.sam_browser.post("/comments/" + id + "/release").status == 303);
    CHECK(s.ada_browser.get(s.path).has("my first"));
    s.site.post(s.ben, s.discussion, "my second");
    CHECK(s.ada_browser.get(s.path).has("my second"));
}

TEST_CASE("a refused comment keeps the steward's reason, for its author alone") {
    Scene s;
    s.site.change_community([](members::Community& c) { c.hold_links = true; });
    auto const id = s.site.post(s.ben, s.discussion, "see https://spam.example");
    auto const without = s.sam_browser.post("/comments/" + id + "/refuse", {{"reason", ""}});
    CHECK(without.status == 422);
    CHECK(without.has("aria-invalid"));
    CHECK(s.sam_browser.post("/comments/" + id + "/refuse", {{"reason", "Advertising"}}).status ==
          303);
    CHECK(s.ben_browser.get(s.path).has("The reason: Advertising"));
    CHECK_FALSE(s.ada_browser.get(s.path).has("Advertising"));
    CHECK_FALSE(s.sam_browser.get("/review").has("spam.example"));
}

TEST_CASE("a steward puts a comment aside; its place stays while there are replies") {
    Scene s;
    auto const top = s.site.post(s.ben, s.discussion, "sharp words");
    s.site.post(s.ada, s.discussion, "an answer", top);
    CHECK(s.ada_browser.post("/comments/" + top + "/hold").status == 404);
    CHECK(s.sam_browser.post("/comments/" + top + "/hold").status == 303);
    auto const page = s.ada_browser.get(s.path);
    CHECK_FALSE(page.has("sharp words"));
    CHECK(page.has("A steward is reading this comment again."));
    CHECK(page.has("an answer"));
    CHECK(s.sam_browser.post("/comments/" + top + "/release").status == 303);
    CHECK(s.ada_browser.get(s.path).has("sharp words"));
}

TEST_CASE("a member comments as often as anyone would, and what is too much is kept") {
    Scene s;
    auto const another = s.site.discussion(s.ada);
    for (unsigned i = 0; i < limits::member_comments_max; ++i)
        s.site.post(s.ben, i % 2 == 0 ? s.discussion : another, "words");
    auto const limited = s.ben_browser.post(s.comments, {{"body", "one more"}});
    CHECK(limited.status == 429);
    CHECK(limited.has("one more"));
    CHECK_FALSE(limited.header("retry-after").empty());
    CHECK(s.ben_browser.post_json(s.comments, {{"body", "one more"}}).status == 429);
    s.site.post(s.ada, s.discussion, "another member's");
    s.site.site.clock.move(limits::member_comments_time);
    CHECK(s.ben_browser.post(s.comments, {{"body", "one more"}}).status == 303);
}

TEST_CASE("a closed discussion takes no comments and keeps what was typed") {
    Scene s;
    auto const id = s.site.post(s.ben, s.discussion, "before");
    s.site.site.database().write_now([&](database::Write& write) {
        auto const row = find_discussion(write, Viewer::server(), s.discussion);
        set_audience(write, row->id, Audience::members, false);
    });
    CHECK(s.ben_browser.get(s.path).has("no further comments"));
    auto const late = s.ben_browser.post(s.comments, {{"body", "too late"}});
    CHECK(late.status == 409);
    CHECK(s.stranger.get(s.path).status == 404);
    CHECK(s.stranger.get("/comments/" + id).status == 404);
}

TEST_CASE("hostile words stay words") {
    Scene s;
    for (std::string const words :
         {"<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>",
          "</template></turbo-stream><script>1</script>", "[a](data:text/html;base64,AAAA)"}) {
        CHECK(s.ben_browser.post(s.comments, {{"body", words}, {"content_note", words}}).status ==
              303);
    }
    auto const page = s.ada_browser.get(s.path);
    CHECK_FALSE(page.has("<script>alert"));
    CHECK_FALSE(page.has("<script>1"));
    CHECK_FALSE(page.has("<img src=x"));
    CHECK_FALSE(page.has("href=\"javascript"));
    CHECK_FALSE(page.has("href=\"data:"));
    CHECK_FALSE(page.has("</turbo-stream>"));
}

TEST_CASE("a page begins within a thread with the comment that it belongs to") {
    Scene s;
    auto const top = s.site.post(s.ada, s.discussion, "top");
    for (std::size_t i = 0; i < limits::page_items + 3; ++i)
        s.site.post(s.ben, s.discussion, "reply", top);
    auto const first = s.ben_browser.get_json(s.path).json();
    auto const next = std::string(first.at("comments").at("next_url").as_string());
    auto const second = s.ben_browser.get_json(next.substr(0, next.find('#'))).json();
    auto const& items = second.at("comments").at("items").as_array();
    REQUIRE(items.size() == 1);
    CHECK(items[0].at("id").as_string() == top);
    CHECK(items[0].at("replies").as_array().size() == 4);
    CHECK(s.ben_browser.get(s.path + "?comments=forged").status == 400);
}

TEST_CASE("members take their comments away, and erasing leaves none of their words") {
    Scene s;
    s.site.post(s.ben, s.discussion, "my words");
    auto const slice = talk_slice();
    web::Archive archive;
    s.site.site.database().read([&](database::Read& read) {
        (*slice.export_for)(s.site.site.site(), read, s.ben.id, archive);
    });
    bool found = false;
    for (auto const& entry : archive.entries())
        found |= entry.bytes.find("my words") != std::string::npos &&
                 entry.bytes.find(s.path) != std::string::npos;
    CHECK(found);
    s.site.site.database().write_now(
        [&](database::Write& write) { (*slice.erase_for)(write, s.ben.id); });
    CHECK_FALSE(s.ada_browser.get(s.path).has("my words"));
}

TEST_CASE("the copy of one's comments speaks one's language, or the community's") {
    Scene s;
    auto const slice = talk_slice();
    auto const title = [&](Person const& person) {
        web::Archive archive;
        s.site.site.database().read([&](database::Read& read) {
            (*slice.export_for)(s.site.site.site(), read, person.id, archive);
        });
        auto const& words = s.site.site.site().words;
        for (auto const& entry : archive.entries())
            for (auto const* language : {"en", "de"})
                if (entry.name.ends_with(".html") &&
                    entry.bytes.find(words.say(language, "talk.export_title")) != std::string::npos)
                    return std::string(language);
        return std::string();
    };
    members::ReadingWishes wishes;
    wishes.language = "de";
    s.site.site.database().write_now(
        [&](database::Write& write) { members::set_reading(write, s.ben.id, wishes); });
    CHECK(title(s.ben) == "de");
    CHECK(title(s.ada) == "en");
    s.site.change_community([](members::Community& c) { c.language = "de"; });
    CHECK(title(s.ada) == "de");
}

constexpr database::Sql picture_of_a_comment =
    "insert into comment_pictures (public_id, comment, file, type, width, height, alt, added_at) "
    "select :id, c.id, 'one.png', 'image/png', 1, 1, '', 0 from comments c";
constexpr database::Sql poll_of_a_discussion =
    "insert into polls (public_id, discussion, question, many, made_at) "
    "select :id, d.id, 'When?', 0, 0 from discussions d";

TEST_CASE("each probe of this room leads its paths to its own page") {
    Scene s;
    s.site.post(s.ben, s.discussion, "words");
    s.site.site.database().write_now([&](database::Write& write) {
        for (auto const& sql : {picture_of_a_comment, poll_of_a_discussion})
            database::execute(write, sql, database::bind("id", PublicId::make(s.site.site.random)));
    });
    auto const slice = talk_slice();
    for (auto const& probe : *slice.probes) {
        CAPTURE(probe.pattern);
        auto const paths =
            s.site.site.database().read([&](database::Read& read) { return probe.paths(read); });
        CHECK_FALSE(paths.empty());
        for (auto const& path : paths) {
            auto const bare = path.substr(0, path.find('?'));
            auto const match = s.site.site.house().router().find(web::Verb::get, bare);
            REQUIRE(match.route != nullptr);
            CHECK(match.route->pattern == probe.pattern);
        }
    }
}

}  // namespace
}  // namespace kith::talk
