// Pictures in comments: seen by whoever sees the comment and by nobody else, and gone with it.
#include "pictures.hpp"

#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "postgres.hpp"
#include "talk/group_words.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using testing::Person;
using testing::Scene;
using testing::TalkSite;
using tests::databases_for_tests;
using tests::FormFields;
using tests::one_pixel;
using tests::Reply;
using tests::upload_files;

std::size_t count_files(TalkSite& site) {
    auto const folder = site.site.directory.path / "files";
    std::size_t count = 0;
    if (!std::filesystem::exists(folder)) return count;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

Reply post_pictures(tests::Browser& browser, std::string const& comments,
                    FormFields const& files = {{"picture_1", one_pixel()}},
                    FormFields const& more = {{"about_picture_1", "A heron by the weir"}}) {
    FormFields fields{{"body", "Look who was there"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return upload_files(browser, comments, fields, files);
}

std::string path_of(Reply const& reply) {
    auto const location = reply.header("location");
    return location.substr(0, location.find('?'));
}

/// The address of the first picture of a comment, as a program is told.
std::string picture_in(tests::Browser browser, std::string const& comment) {
    auto const reply = browser.get_json(comment);
    REQUIRE(reply.status == 200);
    auto const pictures = reply.json().at("pictures").as_array();
    REQUIRE_FALSE(pictures.empty());
    return std::string(pictures[0].at("url").as_string());
}

std::string missing(tests::Browser browser) {
    auto const reply = browser.get("/comments/pictures/" + std::string(22, 'A'));
    CHECK(reply.status == 404);
    return reply.body;
}

/// What a deed didn't keep goes with the deed, which may be a moment after its answer.
bool files_become(TalkSite& site, std::size_t count) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (count_files(site) != count)
        if (std::chrono::steady_clock::now() > end) return false;
    return true;
}

TEST_CASE("a comment shows its pictures to whoever may read it, in their size and described") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Scene s(fresh.url);
        use_ready_worker(s.site.site);
        auto const posted = post_pictures(
            s.ben_browser, s.comments,
            {{"picture_1", one_pixel()}, {"picture_2", ""}, {"picture_4", one_pixel()}});
        REQUIRE(posted.status == 303);
        auto const page = s.stranger.get(s.path);
        CHECK(page.has("alt=\"A heron by the weir\" width=\"4\" height=\"3\" loading=\"lazy\""));
        CHECK(page.has("alt=\"A picture without a description\""));
        auto const comment = s.stranger.get_json(path_of(posted)).json();
        CHECK(comment.at("pictures").as_array().size() == 2);
        CHECK(comment.at("pictures").at(1).at("alt") == "");
        auto const url = picture_in(s.stranger, path_of(posted));
        auto const picture = s.stranger.get(url);
        CHECK(picture.status == 200);
        CHECK(picture.header("content-type") == "image/jpeg");
        CHECK(picture.body == tests::ready_picture());
        // A shared device keeps nothing of it.
        CHECK(s.ada_browser.get(url).header("cache-control") == "private, no-store");
    }
}

TEST_CASE("pictures fold with the content note of their comment") {
    Scene s;
    use_ready_worker(s.site.site);
    REQUIRE(post_pictures(s.ben_browser, s.comments, {{"picture_1", one_pixel()}},
                          {{"content_note", "A dead bird"}})
                .status == 303);
    auto const page = s.ada_browser.get(s.path).body;
    auto const note = page.find("A dead bird</span></summary>");
    auto const picture = page.find("<img src=\"/comments/pictures/");
    auto const end = page.find("</details>", note);
    CHECK(note < picture);
    CHECK(picture < end);
}

TEST_CASE("words that a member folds for themselves are looked for in descriptions as well") {
    Scene s;
    use_ready_worker(s.site.site);
    REQUIRE(s.ada_browser.post("/settings/folds", {{"words", "heron"}}).status == 303);
    auto const posted = post_pictures(s.ben_browser, s.comments);
    auto const seen = s.ada_browser.get_json(path_of(posted)).json();
    CHECK(seen.at("folded_for") == "heron");
    CHECK(s.stranger.get_json(path_of(posted)).json().at("folded_for").is_null());
}

TEST_CASE("what is wrong with a picture is said beside it, and the words typed are kept") {
    Scene s;
    use_ready_worker(s.site.site);
    auto const no_picture = post_pictures(s.ben_browser, s.comments,
                                          {{"picture_1", one_pixel()}, {"picture_2", "GIF89a"}});
    CHECK(no_picture.status == 422);
    CHECK(no_picture.has("id=\"picture_2-mistake\">Please choose a JPEG, PNG or WebP picture."));
    CHECK(no_picture.has("Look who was there</textarea>"));
    CHECK(no_picture.has("value=\"A heron by the weir\""));
    CHECK(no_picture.has("Please choose your pictures again"));
    auto const large = post_pictures(
        s.ben_browser, s.comments, {{"picture_1", std::string(limits::upload_bytes_max + 1, 'x')}});
    CHECK(large.status == 413);
    CHECK(large.has("id=\"picture_1-mistake\">This picture is larger than 8 MB."));
    CHECK(large.has("Look who was there</textarea>"));
    auto const many = post_pictures(s.ben_browser, s.comments,
                                    {{"picture_1", one_pixel()}, {"picture_5", one_pixel()}});
    CHECK(many.status == 422);
    CHECK(many.has("id=\"picture_4-mistake\">Four pictures at most"));
    auto const wordy =
        post_pictures(s.ben_browser, s.comments, {{"picture_1", one_pixel()}},
                      {{"about_picture_1", std::string(limits::alt_characters_max + 1, 'x')}});
    CHECK(wordy.has("id=\"about_picture_1-mistake\""));
    // Sent again without choosing it again, a described picture isn't left out unnoticed.
    auto const lost = s.ben_browser.post(
        s.comments, {{"body", "Look who was there"}, {"about_picture_2", "A heron"}});
    CHECK(lost.status == 422);
    CHECK(lost.has("id=\"picture_2-mistake\">Please choose the picture"));
    auto const wordless =
        upload_files(s.ben_browser, s.comments, {{"body", ""}}, {{"picture_1", one_pixel()}});
    CHECK(wordless.status == 422);
    CHECK(wordless.has("id=\"body-mistake\""));
    CHECK_FALSE(s.ada_browser.get(s.path).has("<img src=\"/comments/pictures/"));
    CHECK(count_files(s.site) == 0);
}

TEST_CASE("more than all pictures may have together isn't read at all") {
    Scene s;
    std::string const large(limits::upload_bytes_max - 10, 'x');
    auto const reply =
        post_pictures(s.ben_browser, s.comments,
                      {{"picture_1", large}, {"picture_2", large}, {"picture_3", large}});
    CHECK(reply.status == 413);
}

TEST_CASE("a member adds so many pictures an hour, and no more") {
    Scene s;
    use_ready_worker(s.site.site);
    FormFields files;
    for (std::size_t number = 1; number <= limits::comment_pictures_each_max; ++number)
        files.emplace_back("picture_" + std::to_string(number), one_pixel());
    for (unsigned sent = 0; sent < limits::comment_pictures_max; sent += 4)
        REQUIRE(post_pictures(s.ben_browser, s.comments, files, {}).status == 303);
    auto const more = post_pictures(s.ben_browser, s.comments);
    CHECK(more.status == 429);
    CHECK(more.has("Look who was there</textarea>"));
    s.site.site.clock.move(limits::comment_pictures_time);
    CHECK(post_pictures(s.ben_browser, s.comments).status == 303);
}

TEST_CASE("guests have no pictures to add, and a comment that nobody may write keeps no file") {
    Scene s;
    use_ready_worker(s.site.site);
    s.site.change_community(
        [](members::Community& community) { community.guests_may_comment = true; });
    CHECK_FALSE(s.stranger.get(s.path).has("type=\"file\""));
    CHECK(s.ben_browser.get(s.path).has("type=\"file\""));
    auto const guest = post_pictures(s.stranger, s.comments, {{"picture_1", one_pixel()}},
                                     {{"name", "Noor"}, {"email", "noor@example.org"}});
    CHECK(guest.status == 422);
    auto const hidden = s.site.discussion(s.ada, Audience::nobody);
    auto const refused = post_pictures(s.ben_browser, "/test/" + hidden.text() + "/comments");
    CHECK(refused.status == 404);
    CHECK(count_files(s.site) == 0);
}

TEST_CASE("a comment sent twice keeps its pictures once, and no file is left over") {
    Scene s;
    use_ready_worker(s.site.site);
    FormFields const key{{"idempotency_key", "the-same"}};
    auto const first = post_pictures(s.ben_browser, s.comments, {{"picture_1", one_pixel()}}, key);
    auto const second = post_pictures(s.ben_browser, s.comments, {{"picture_1", one_pixel()}}, key);
    CHECK(first.status == 303);
    CHECK(path_of(first) == path_of(second));
    CHECK(files_become(s.site, 1));
}

TEST_CASE("a picture is seen as its comment is: hidden and missing are the same to the byte") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Scene s(fresh.url);
        use_ready_worker(s.site.site);
        auto const cleo = s.site.person("Cleo");
        auto cleos = s.site.browser_of(cleo);
        auto const for_members = s.site.discussion(s.ada, Audience::members);
        auto const posted =
            post_pictures(s.ben_browser, "/test/" + for_members.text() + "/comments");
        auto const url = picture_in(s.ben_browser, path_of(posted));
        CHECK(cleos.get(url).status == 200);
        CHECK(s.stranger.get(url).body == missing(s.stranger));
        // Apart from who wrote it, and then from whose thing it stands under.
        s.site.keep_apart(cleo, s.ben);
        CHECK(cleos.get(url).status == 404);
        CHECK(cleos.get(url).body == missing(cleos));
        auto const dan = s.site.person("Dan");
        s.site.keep_apart(dan, s.ada);
        CHECK(s.site.browser_of(dan).get(url).body == missing(s.site.browser_of(dan)));
        // Put aside: its author and a steward who reviews it.
        REQUIRE(s.sam_browser.post(path_of(posted) + "/hold").status == 303);
        CHECK(s.ada_browser.get(url).body == missing(s.ada_browser));
        CHECK(s.ben_browser.get(url).status == 200);
        CHECK(s.sam_browser.get("/review").has(url));
        CHECK(s.sam_browser.get(url).status == 200);
        REQUIRE(s.sam_browser.post(path_of(posted) + "/release").status == 303);
        CHECK(s.ada_browser.get(url).status == 200);
    }
}

TEST_CASE("taken back, a comment takes its pictures and their files along") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Scene s(fresh.url);
        use_ready_worker(s.site.site);
        auto const posted = post_pictures(s.ben_browser, s.comments);
        auto const url = picture_in(s.ben_browser, path_of(posted));
        CHECK(s.ada_browser.post(path_of(posted) + "/delete").status == 404);
        CHECK(count_files(s.site) == 1);
        REQUIRE(s.ben_browser.post(path_of(posted) + "/delete").status == 303);
        for (auto* browser : {&s.ben_browser, &s.ada_browser, &s.sam_browser, &s.stranger})
            CHECK(browser->get(url).body == missing(*browser));
        s.site.site.house().run_due_jobs();
        CHECK(count_files(s.site) == 0);
    }
}

TEST_CASE("edited words keep their pictures") {
    Scene s;
    use_ready_worker(s.site.site);
    auto const posted = post_pictures(s.ben_browser, s.comments);
    auto const url = picture_in(s.ben_browser, path_of(posted));
    REQUIRE(s.ben_browser.post(path_of(posted) + "/edit", {{"body", "A heron!"}}).status == 303);
    CHECK(s.ada_browser.get(s.path).has(url));
    CHECK(s.ada_browser.get(path_of(posted) + "/history").has(url));
}

TEST_CASE("pictures go along in the copy of who sent them, and go with them") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Scene s(fresh.url);
        use_ready_worker(s.site.site);
        REQUIRE(post_pictures(s.ben_browser, s.comments).status == 303);
        auto const slice = talk_slice();
        web::Archive archive;
        s.site.site.database().read([&](database::Read& read) {
            (*slice.export_for)(s.site.site.site(), read, s.ben.id, archive);
            return 0;
        });
        auto const is_picture = [](web::Archive::Entry const& entry) {
            return entry.name.starts_with("pictures/") && entry.bytes == tests::ready_picture();
        };
        CHECK(std::ranges::count_if(archive.entries(), is_picture) == 1);
        auto const words =
            std::ranges::find(archive.entries(), "comments.json", &web::Archive::Entry::name);
        REQUIRE(words != archive.entries().end());
        CHECK(words->bytes.find("A heron by the weir") != std::string::npos);
        s.site.site.database().write_now(
            [&](database::Write& write) { (*slice.erase_for)(write, s.ben.id); });
        s.site.site.house().run_due_jobs();
        CHECK(count_files(s.site) == 0);
        CHECK_FALSE(s.ada_browser.get(s.path).has("/comments/pictures/"));
    }
}

TEST_CASE("a group's pictures are for its members while they are in it, and go with the group") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Scene s(fresh.url);
        use_ready_worker(s.site.site);
        auto const now = s.site.site.clock.now();
        Id<Group> group;
        auto const id = PublicId::make(s.site.site.random);
        s.site.site.database().write_now([&](database::Write& write) {
            group = make_group(write, GroupSize::large);
            for (auto const& person : {s.ada, s.ben}) admit(write, group, person.id, now);
            DiscussionOpening opening{id, "/test/" + id.text(), Audience::group, s.ada.id};
            opening.group = group;
            opening.begun_at = now;
            static_cast<void>(open_discussion(write, opening));
        });
        auto const posted = post_pictures(s.ben_browser, "/test/" + id.text() + "/comments");
        auto const url = picture_in(s.ada_browser, path_of(posted));
        for (auto* browser : {&s.sam_browser, &s.stranger})
            CHECK(browser->get(url).body == missing(*browser));
        s.site.keep_apart(s.ada, s.ben);
        CHECK(s.ada_browser.get(url).body == missing(s.ada_browser));
        s.site.site.database().write_now(
            [&](database::Write& write) { dismiss(s.site.site.site(), write, group, s.ben.id); });
        CHECK(s.ben_browser.get(url).body == missing(s.ben_browser));
        s.site.site.database().write_now(
            [&](database::Write& write) { erase_group(write, group); });
        s.site.site.house().run_due_jobs();
        CHECK(count_files(s.site) == 0);
    }
}

}  // namespace
}  // namespace kith::talk
