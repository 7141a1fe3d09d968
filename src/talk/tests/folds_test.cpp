#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "postgres.hpp"
#include "talk/folding.hpp"
#include "talk/folds_store.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using testing::ids_of;
using testing::Person;
using testing::TalkSite;

using Words = std::vector<std::string>;

struct Folding {
    explicit Folding(std::string const& url = {}) : site(url) {}

    /// For which of their words the comment is folded; empty where it stands open.
    static std::string folded(tests::Browser& browser, std::string const& comment) {
        auto const told = browser.get_json("/comments/" + comment).json();
        auto const& words = told.at("folded_for");
        return words.is_string() ? std::string(words.as_string()) : std::string();
    }

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    PublicId discussion = site.discussion(ada);
    std::string path = "/test/" + discussion.text();
    tests::Browser ada_browser = site.browser_of(ada);
    tests::Browser ben_browser = site.browser_of(ben);
    tests::Browser stranger = site.site.browser();
};

TEST_CASE("words are compared whole, without case and accents") {
    CHECK(compared_words("Über-Ängste, naïve: 3 Straßen!") ==
          Words{"uber", "angste", "naive", "3", "strassen"});
    CHECK(compared_words("don't") == Words{"don't"});
    CHECK(compared_words(" … ").empty());
    CHECK(compared_words("قَلَم") == compared_words("قلم"));
    CHECK(text_of_html("<p>a<em>b</em>c</p><p>d &amp; &lt;e&gt;<br>f</p>") ==
          "\nabc\n\nd & <e>\nf\n");
    Fold const fold{"Panic attack", {"panic", "attack"}};
    CHECK(fold_in({&fold, 1}, compared_words("A PANIC attack, at last")) == &fold);
    CHECK(fold_in({&fold, 1}, compared_words("panic, no attack")) == nullptr);
    CHECK(fold_in({&fold, 1}, compared_words("panic attacks")) == nullptr);
}

TEST_CASE("a member folds words for themselves alone") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Folding s(fresh.url);
        auto const body = s.site.post(s.ada, s.discussion, "The **hos**pital, again");
        auto const noted = s.ada_browser.post_json(
            s.path + "/comments", {{"body", "words"}, {"content_note", "a Hospital"}});
        auto const note = std::string(noted.json().at("id").as_string());
        auto const other = s.site.post(s.ada, s.discussion, "hospitality");
        auto const own = s.site.post(s.ben, s.discussion, "my hospital");
        auto const for_others = s.stranger.get(s.path).body;
        CHECK(s.ben_browser.post("/settings/folds", {{"words", " Hôspital "}}).status == 303);
        CHECK(Folding::folded(s.ben_browser, body) == "Hôspital");
        CHECK(Folding::folded(s.ben_browser, note) == "Hôspital");
        CHECK(Folding::folded(s.ben_browser, other).empty());
        CHECK(Folding::folded(s.ben_browser, own).empty());
        CHECK(Folding::folded(s.ada_browser, body).empty());
        auto const page = s.ben_browser.get(s.path);
        CHECK(page.has("<details class=\"note\"><summary><span>Folded: you fold “Hôspital”"));
        CHECK(page.has("<strong>hos</strong>pital"));
        CHECK(ids_of(s.ben_browser.get_json(s.path).json()).size() == 4);
        CHECK(s.stranger.get(s.path).body == for_others);
        CHECK(s.ada_browser.post("/comments/" + body + "/edit", {{"body", "calm"}}).status == 303);
        CHECK(Folding::folded(s.ben_browser, body).empty());
        auto const before = s.ben_browser.get("/comments/" + body + "/history");
        CHECK(before.has("<span>Folded: you fold “Hôspital”"));
        CHECK(s.ben_browser.post("/settings/folds/remove", {{"words", "Hôspital"}}).status == 303);
        CHECK(Folding::folded(s.ben_browser, note).empty());
    }
}

TEST_CASE("the list is its member's own, has a limit, and goes with them") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Folding s(fresh.url);
        CHECK(s.stranger.get("/settings/folds").status == 303);
        CHECK(s.stranger.get_json("/settings/folds").status == 401);
        auto const wrong = s.ben_browser.post("/settings/folds", {{"words", "?!"}});
        CHECK(wrong.status == 422);
        CHECK(wrong.has("value=\"?!\""));
        CHECK(s.ben_browser.post("/settings/folds", {{"words", ""}}).status == 422);
        std::string const long_words(limits::fold_characters_max + 1, 'w');
        CHECK(s.ben_browser.post("/settings/folds", {{"words", long_words}}).status == 422);
        CHECK(s.ben_browser.post("/settings/folds", {{"words", "War"}}).status == 303);
        CHECK(s.ben_browser.post("/settings/folds", {{"words", "war"}}).status == 303);
        auto const listed = s.ben_browser.get_json("/settings/folds").json();
        CHECK(listed.at("folds").as_array() == boost::json::array{"War"});
        CHECK(s.ada_browser.get_json("/settings/folds").json().at("folds").as_array().empty());
        s.site.site.database().write_now([&](database::Write& write) {
            for (std::size_t i = 1; i < limits::folds_max; ++i)
                add_fold(write, s.ben.id, {std::to_string(i), {std::to_string(i)}});
        });
        CHECK(s.ben_browser.post("/settings/folds", {{"words", "more"}}).status == 422);
        auto const slice = talk_slice();
        web::Archive archive;
        s.site.site.database().read([&](database::Read& read) {
            (*slice.export_for)(s.site.site.site(), read, s.ben.id, archive);
        });
        bool exported = false;
        for (auto const& entry : archive.entries())
            exported = exported ||
                       (entry.name == "folds.json" && entry.bytes.find("War") != std::string::npos);
        CHECK(exported);
        s.site.site.database().write_now(
            [&](database::Write& write) { (*slice.erase_for)(write, s.ben.id); });
        CHECK(s.ben_browser.get_json("/settings/folds").json().at("folds").as_array().empty());
    }
}

}  // namespace
}  // namespace kith::talk
