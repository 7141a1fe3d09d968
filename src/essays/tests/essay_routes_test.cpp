#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>

#include "community.hpp"
#include "distance/distance_store.hpp"
#include "essays/essays_demo.hpp"
#include "essays/writing.hpp"
#include "members/profiles_store.hpp"

using namespace kith;
using namespace kith::tests;

TEST_CASE("a published essay is read by anyone, as a page and as JSON") {
    Community community;
    auto const path = community.publish({{"summary", "On small things."}});
    auto stranger = community.stranger();
    auto const page = stranger.get(path);
    CHECK(page.status == 200);
    CHECK(page.has("<h1 dir=\"auto\">A cup on the table</h1>"));
    CHECK(page.has("It was <em>there</em> at seven."));
    CHECK(page.has("On small things."));
    CHECK(page.has("Ada Author"));
    CHECK(page.has("Reach out to Ada Author"));
    CHECK(page.has("rel=\"canonical\""));
    CHECK_FALSE(page.has("noindex"));
    auto const json = stranger.get_json(path);
    CHECK(json.status == 200);
    auto const essay = json.json().as_object();
    CHECK(essay.at("title") == "A cup on the table");
    CHECK(essay.at("state") == "published");
    CHECK(essay.at("own").is_null());
    CHECK(stranger.head(path).status == 200);
    CHECK(stranger.get("/essays").has("A cup on the table"));
}

TEST_CASE("the page is the same for all strangers, to the byte") {
    Community community;
    auto const path = community.publish();
    auto const first = community.stranger().get(path);
    community.site.clock.move(std::chrono::minutes(2));
    auto const second = community.stranger().get(path);
    CHECK(first.body == second.body);
    CHECK(first.header("etag") == second.header("etag"));
    auto conditional = community.stranger();
    conditional.headers["if-none-match"] = first.header("etag");
    CHECK(conditional.get(path).status == 304);
}

TEST_CASE("missing, draft, withdrawn and distanced essays are the same 404, to the byte") {
    Community community;
    auto const path = community.publish();
    auto const draft =
        community.as(community.author).post("/essays/new", {{"title", "Not yet"}, {"body", "x"}});
    auto const edit = draft.header("location");
    auto const draft_path = edit.substr(0, edit.find("/edit"));
    auto member = community.as(community.member);
    auto const missing = member.get("/essays/there-is-no-such-essay-23456");
    CHECK(missing.status == 404);
    CHECK(member.get(draft_path).body == missing.body);
    CHECK(community.as(community.host).get(draft_path).status == 404);
    CHECK(community.as(community.steward).get(draft_path).status == 404);
    CHECK(community.as(community.author).get(draft_path).status == 200);

    community.keep_distance(community.author, community.member);
    for (auto const* below : {"", "/text", "/picture", "/reach-out", "/history"}) {
        CAPTURE(below);
        auto const reply = member.get(path + below);
        CHECK(reply.status == 404);
        CHECK(reply.body == missing.body);
    }
    CHECK(member.post(path + "/comments", {{"body", "Hello"}}).body == missing.body);
    CHECK(member.post(path + "/thanks", {{"to", "x"}, {"note", "y"}}).body == missing.body);
    CHECK_FALSE(member.get("/essays").has("A cup"));
    CHECK_FALSE(member.get("/feed.atom").has("A cup"));
    CHECK(community.as(community.other).get(path).status == 200);
    CHECK(community.stranger().get(path).status == 200);

    CHECK(community.as(community.author).post(path + "/withdraw").status == 303);
    CHECK(community.stranger().get(path).status == 404);
    CHECK(community.as(community.author).get(path).status == 200);
}

TEST_CASE("an essay for members is not there for strangers") {
    Community community;
    auto const path = community.publish({{"audience", "members"}});
    CHECK(community.stranger().get(path).status == 404);
    CHECK_FALSE(community.stranger().get("/essays").has("A cup"));
    CHECK_FALSE(community.stranger().get("/feed.atom").has("A cup"));
    auto const page = community.as(community.member).get(path);
    CHECK(page.status == 200);
    CHECK(page.has("Only members can read this."));
    CHECK(page.has("noindex"));
}

TEST_CASE("a content note folds the whole text, in the page, the head and the feed") {
    Community community;
    auto const path = community.publish({{"content_note", "a hospital at night"}});
    auto const page = community.stranger().get(path);
    CHECK(page.has("<details class=\"note\">"));
    CHECK(page.has("a hospital at night"));
    auto const head = page.body.substr(0, page.body.find("<main"));
    CHECK(head.find("at seven") == std::string::npos);
    CHECK_FALSE(community.stranger().get("/feed.atom").has("at seven"));
    CHECK_FALSE(community.stranger().get("/essays").has("at seven"));
}

TEST_CASE("an essay of somebody muted is folded for who muted them, and for nobody else") {
    Community community;
    auto const path = community.publish({});
    auto const writer = community.author;
    community.write([&](database::Write& write) {
        CHECK(distance::mute(write, community.member.viewer(), writer.id, "x", Time{}));
    });
    auto const muted = [&](Person const& person, std::string const& at) {
        auto const told = community.as(person).get_json(at).json();
        return at == path ? told.at("muted").as_bool()
                          : told.at("items").at(0).at("muted").as_bool();
    };
    for (auto const& at : {path, std::string("/essays")}) {
        CHECK(muted(community.member, at));
        CHECK_FALSE(muted(community.other, at));
        CHECK_FALSE(muted(writer, at));
        CHECK(community.as(community.member).get(at).has("Words of somebody you muted"));
        CHECK_FALSE(community.stranger().get(at).has("Words of somebody you muted"));
    }
}

TEST_CASE("the feed is Atom, with whole addresses") {
    Community community;
    auto const path = community.publish({{"summary", "On small things."}});
    auto const reply = community.stranger().get("/feed.atom");
    CHECK(reply.header("content-type") == "application/atom+xml; charset=utf-8");
    std::istringstream text(reply.body);
    boost::property_tree::ptree tree;
    boost::property_tree::read_xml(text, tree);
    auto const& entry = tree.get_child("feed.entry");
    CHECK(entry.get<std::string>("title") == "A cup on the table");
    CHECK(entry.get<std::string>("link.<xmlattr>.href") == "http://127.0.0.1" + path);
    CHECK(entry.get<std::string>("content").find("<em>there</em>") != std::string::npos);
}

TEST_CASE("the list ends, and its pages are whole") {
    Community community;
    community.write([&](database::Write& write) {
        for (std::size_t i = 0; i < limits::page_items + 3; ++i)
            static_cast<void>(
                essays::import_essay(community.site.site(), write, community.author.id,
                                     "# Essay " + std::to_string(i) + "\n\nWords.", true, true));
    });
    auto member = community.as(community.member);
    auto const first = member.get_json("/essays").json().as_object();
    CHECK(first.at("items").as_array().size() == limits::page_items);
    auto const url = std::string(first.at("next_url").as_string());
    auto const second = member.get_json(url).json().as_object();
    CHECK(second.at("items").as_array().size() == 3);
    CHECK(second.at("next").is_null());
    // A cursor is its reader's own: for another it shows the beginning.
    auto const lent = community.as(community.other).get_json(url).json().as_object();
    CHECK(lent.at("items").as_array().size() == limits::page_items);
}

TEST_CASE("an essay can be read as plain text") {
    Community community;
    auto const path = community.publish();
    auto const reply = community.stranger().get(path + "/text");
    CHECK(reply.header("content-type") == "text/plain; charset=utf-8");
    CHECK(reply.has("It was *there* at seven."));
}

TEST_CASE("members comment below an essay, and the comments can be closed") {
    Community community;
    auto const path = community.publish();
    auto member = community.as(community.member);
    auto const posted = member.post(path + "/comments", {{"body", "Mine was a bus driver."}});
    CHECK(posted.status == 303);
    auto const empty = member.post(path + "/comments", {{"body", ""}});
    CHECK(empty.status == 422);
    CHECK(empty.has("A cup on the table"));
    auto const closed = community.publish({{"comments_closed", "1"}});
    CHECK(member.post(closed + "/comments", {{"body", "Hello"}}).status >= 400);
}

TEST_CASE("the demo's essays are published, with their comments") {
    Community community;
    std::vector<std::string> paths;
    community.write([&](database::Write& write) {
        paths = essays::essays_demo(
            community.site.site(), write,
            {community.author.id, community.steward.id, {community.member.id, community.other.id}});
    });
    REQUIRE(paths.size() == 3);
    for (auto const& path : paths) {
        CAPTURE(path);
        auto const page = community.stranger().get(path);
        CHECK(page.status == 200);
        CHECK(page.has("class=\"pull\""));
        CHECK(page.has("class=\"comment"));
        CHECK_FALSE(page.has(":::"));
        CHECK_FALSE(page.has("summary:"));
    }
    CHECK(community.stranger().get(paths[1]).has("a hospital ward"));
}

TEST_CASE("everything of an author's own is exported, and erased") {
    Community community;
    auto const path = community.publish();
    auto const slice = essays_slice();
    web::Archive archive;
    community.site.database().read([&](database::Read& read) {
        (*slice.export_for)(community.site.site(), read, community.author.id, archive);
    });
    bool found = false;
    for (auto const& entry : archive.entries())
        found = found ||
                (entry.name == "essays.json" && entry.bytes.find("at seven") != std::string::npos);
    CHECK(found);
    members::ReadingWishes wishes;
    wishes.language = "de";
    community.write(
        [&](database::Write& write) { members::set_reading(write, community.author.id, wishes); });
    web::Archive german;
    community.site.database().read([&](database::Read& read) {
        (*slice.export_for)(community.site.site(), read, community.author.id, german);
    });
    auto const& words = community.site.site().words;
    for (auto const* key : {"essays.export_essays", "essays.export_letters"})
        CHECK(std::ranges::any_of(german.entries(), [&](auto const& entry) {
            return entry.bytes.find(words.say("de", key)) != std::string::npos;
        }));
    community.write(
        [&](database::Write& write) { (*slice.erase_for)(write, community.author.id); });
    CHECK(community.stranger().get(path).status == 404);
    CHECK_FALSE(community.stranger().get("/essays").has("A cup"));
}
