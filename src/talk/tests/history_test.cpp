#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "postgres.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using namespace std::chrono_literals;
using testing::Person;
using testing::TalkSite;

struct Changing {
    explicit Changing(std::string const& url = {}) : site(url) {}

    int edit(std::string const& comment, tests::FormFields const& fields) {
        return ben_browser.post("/comments/" + comment + "/edit", fields).status;
    }
    static std::size_t versions(tests::Browser& browser, std::string const& comment) {
        auto const page = browser.get_json("/comments/" + comment + "/history").json();
        return page.at("versions").as_array().size();
    }

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person lea = site.person("Lea");
    PublicId discussion = site.discussion(ada);
    std::string path = "/test/" + discussion.text();
    tests::Browser ada_browser = site.browser_of(ada);
    tests::Browser ben_browser = site.browser_of(ben);
    tests::Browser lea_browser = site.browser_of(lea);
    tests::Browser stranger = site.site.browser();
};

TEST_CASE("whoever may read a comment may read how it read before") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Changing s(fresh.url);
        auto const comment = s.site.post(s.ben, s.discussion, "frist *words*");
        CHECK_FALSE(s.ada_browser.get(s.path).has("/history\""));
        CHECK(s.edit(comment, {{"body", "first words"}, {"content_note", "a fall"}}) == 303);
        CHECK(s.edit(comment, {{"body", "first words"}, {"content_note", "a fall"}}) == 303);
        CHECK(s.edit(comment, {{"body", "other words"}}) == 303);
        CHECK(s.ada_browser.get(s.path).has("/comments/" + comment + "/history\""));
        for (auto* browser : {&s.ada_browser, &s.stranger}) {
            auto const page = browser->get("/comments/" + comment + "/history");
            CHECK(page.status == 200);
            CHECK(page.has("frist <em>words</em>"));
            CHECK(page.has("<b>Content note:</b> a fall"));
            CHECK_FALSE(page.has("other words"));
            // Sent again unchanged is no change.
            CHECK(Changing::versions(*browser, comment) == 2);
        }
        auto const missing = s.lea_browser.get_json("/comments/none/history").body;
        s.site.keep_apart(s.ben, s.lea);
        auto const hidden = s.lea_browser.get_json("/comments/" + comment + "/history");
        CHECK(hidden.status == 404);
        CHECK(hidden.body == missing);
        CHECK(s.ben_browser.post("/comments/" + comment + "/delete").status == 303);
        CHECK(s.ada_browser.get("/comments/" + comment + "/history").status == 404);
    }
}

TEST_CASE("what a steward had not let stand is never history for others") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Changing s(fresh.url);
        s.site.change_community([](members::Community& c) { c.hold_links = true; });
        auto sam_browser = s.site.browser_of(s.site.person("Sam", Role::steward));
        auto const comment = s.site.post(s.ben, s.discussion, "see https://spam.example");
        CHECK(s.edit(comment, {{"body", "see nothing"}}) == 303);
        CHECK(s.ada_browser.get("/comments/" + comment + "/history").status == 404);
        CHECK(sam_browser.post("/comments/" + comment + "/release").status == 303);
        CHECK(s.ada_browser.get("/comments/" + comment + "/history").has("No earlier words"));
        CHECK(Changing::versions(s.ada_browser, comment) == 0);
        CHECK(Changing::versions(s.ben_browser, comment) == 1);
    }
}

TEST_CASE("after its time a comment's words stay, but its note and taking it back do not wait") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Changing s(fresh.url);
        auto const comment = s.site.post(s.ben, s.discussion, "as it was");
        s.site.site.clock.move(24h - 1us);
        CHECK(s.edit(comment, {{"body", "as it is"}}) == 303);
        s.site.site.clock.move(1us);
        auto const form = s.ben_browser.get("/comments/" + comment + "/edit");
        CHECK_FALSE(form.has("<textarea"));
        CHECK(form.has("The time for changing the words is over"));
        CHECK(form.has("<p>as it is</p>"));
        CHECK(s.edit(comment, {{"body", "as it shall be"}}) == 409);
        CHECK(s.edit(comment, {{"content_note", "a storm"}}) == 303);
        auto const page = s.ada_browser.get(s.path);
        CHECK(page.has("<b>Content note:</b> a storm"));
        CHECK(page.has("<p>as it is</p>"));
        std::string const long_note(limits::content_note_characters_max + 1, 'n');
        CHECK(s.edit(comment, {{"content_note", long_note}}) == 422);
        // The host may give more time.
        s.site.change_community([](members::Community& c) { c.comment_edit_hours = 25; });
        CHECK(s.edit(comment, {{"body", "as it shall be"}, {"content_note", "a storm"}}) == 303);
        s.site.change_community([](members::Community& c) { c.comment_edit_hours = 0; });
        CHECK(s.ben_browser.post("/comments/" + comment + "/delete").status == 303);
    }
}

TEST_CASE("an author takes away how their comments read before") {
    Changing s;
    auto const comment = s.site.post(s.ben, s.discussion, "the first wording");
    CHECK(s.edit(comment, {{"body", "the second wording"}}) == 303);
    auto const slice = talk_slice();
    web::Archive archive;
    s.site.site.database().read([&](database::Read& read) {
        (*slice.export_for)(s.site.site.site(), read, s.ben.id, archive);
    });
    bool exported = false;
    for (auto const& entry : archive.entries())
        exported = exported || entry.bytes.find("the first wording") != std::string::npos;
    CHECK(exported);
}

}  // namespace
}  // namespace kith::talk
