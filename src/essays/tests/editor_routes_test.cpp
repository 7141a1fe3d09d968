#include "community.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

std::string path_of(Reply const& reply) {
    auto const location = reply.header("location");
    return location.substr(0, location.find('?'));
}

}  // namespace

TEST_CASE("who may not write gets the 404 of a missing page, a stranger sign-in") {
    Community community;
    CHECK(community.as(community.member).get("/essays/new").status == 404);
    CHECK(community.as(community.member).post("/essays/new", {{"title", "x"}}).status == 404);
    CHECK(community.stranger().get("/essays/new").status == 303);
    CHECK(community.stranger().get_json("/essays/new").status == 401);
    CHECK(community.as(community.author).get("/essays/new").status == 200);
}

TEST_CASE("what is wrong is said beside its field, and what was typed is kept") {
    Community community;
    auto author = community.as(community.author);
    auto const reply = author.post(
        "/essays/new",
        {{"title", ""}, {"body", "Kept & safe"}, {"publish", "1"}, {"audience", "members"}});
    CHECK(reply.status == 422);
    CHECK(reply.has("Kept &amp; safe"));
    CHECK(reply.has("aria-invalid=\"true\""));
    CHECK(reply.has("value=\"members\" checked"));
    auto const json = author.post_json("/essays/new", {{"body", "x"}, {"publish", true}});
    CHECK(json.status == 422);
    CHECK(json.json().at("error").at("fields").at(0).at("field") == "title");
}

TEST_CASE("a draft becomes an essay, changes, and keeps its history") {
    Community community;
    auto author = community.as(community.author);
    auto const made = author.post("/essays/new", {{"title", "Wren song"}, {"body", "One cup."}});
    auto const edit = path_of(made);
    CHECK(edit.ends_with("/edit"));
    CHECK(author.get("/essays").has("Wren song"));
    CHECK_FALSE(community.stranger().get("/essays").has("Wren song"));
    auto const saved = author.post(
        edit,
        {{"title", "Wren song"}, {"body", "One blue cup."}, {"version", "1"}, {"publish", "1"}});
    CHECK(saved.status == 303);
    auto const path = path_of(saved);
    CHECK(community.stranger().get(path).has("One blue cup."));
    auto const history = author.get(path + "/history");
    CHECK(history.status == 200);
    CHECK(history.has("<ins>"));
    CHECK(history.has("blue "));
    CHECK(author.get(path + "/history?from=9&to=1").status == 404);
    CHECK(community.as(community.member).get(path + "/history").status == 404);
    CHECK(community.as(community.host).get(path + "/edit").status == 404);
}

TEST_CASE("two tabs: the second is told what changed, and loses nothing") {
    Community community;
    auto author = community.as(community.author);
    auto const path = community.publish();
    auto const first =
        author.post(path + "/edit",
                    {{"title", "A cup"}, {"version", "1"}, {"body", "It was *there* at eight."}});
    CHECK(first.status == 303);
    auto const second = author.post(
        path + "/edit", {{"title", "A cup"}, {"version", "1"}, {"body", "My other words."}});
    CHECK(second.status == 409);
    CHECK(second.has("My other words."));
    CHECK(second.has("<del>seven."));
    CHECK(second.has("<ins>eight."));
    CHECK(second.has("name=\"version\" value=\"2\""));
    CHECK(community.stranger().get(path).has("at eight"));
    CHECK(
        author.post_json(path + "/edit", {{"title", "A"}, {"body", "b"}, {"version", 1}}).status ==
        409);
    CHECK(author
              .post(path + "/edit",
                    {{"title", "A cup"}, {"version", "2"}, {"body", "My other words."}})
              .status == 303);
    CHECK(community.stranger().get(path).has("My other words."));
}

TEST_CASE("a published essay keeps its address; a new one is reached by the old") {
    Community community;
    auto author = community.as(community.author);
    auto const path = community.publish();
    auto const renamed =
        author.post(path + "/edit", {{"title", "Another title"}, {"body", "b"}, {"version", "1"}});
    CHECK(path_of(renamed) == path);
    auto const moved = author.post(
        path + "/edit",
        {{"title", "Another title"}, {"body", "b"}, {"version", "2"}, {"new_address", "1"}});
    auto const new_path = path_of(moved);
    CHECK(new_path.starts_with("/essays/another-title-"));
    auto const old = community.stranger().get(path);
    CHECK(old.status == 308);
    CHECK(old.header("location") == new_path);
    CHECK(community.stranger().get(new_path).status == 200);
}

TEST_CASE("words on their way are kept apart from what others read") {
    Community community;
    auto author = community.as(community.author);
    author.headers["accept"] = "application/json";
    auto const begun = author.post("/essays/draft", {{"title", "New"}, {"body", "Half a"}});
    CHECK(begun.status == 201);
    auto const kept = begun.json().as_object();
    auto const save_url = std::string(kept.at("save_url").as_string());
    auto const action = std::string(kept.at("action").as_string());
    CHECK(author.post(save_url, {{"title", "New"}, {"body", "Half a sentence"}}).status == 201);
    CHECK(author.get_json(action).json().at("body").at("value") == "Half a sentence");
    CHECK(community.as(community.member).post(save_url, {{"body", "x"}}).status == 404);

    auto const path = community.publish();
    auto const id = std::string(author.get_json(path).json().at("id").as_string());
    auto const url = "/essays/draft?essay=" + id;
    CHECK(
        author.post(url, {{"title", "A cup"}, {"body", "half-written"}, {"version", "1"}}).status ==
        201);
    CHECK_FALSE(community.stranger().get(path).has("half-written"));
    auto browser = community.as(community.author);
    CHECK(browser.get(path + "/edit").has("half-written"));
    CHECK(browser.post(path + "/draft/drop").status == 303);
    CHECK_FALSE(browser.get(path + "/edit").has("half-written"));
}

TEST_CASE("the preview is the page's own rendering") {
    Community community;
    auto author = community.as(community.author);
    auto const page = author.post("/essays/preview", {{"title", "T"}, {"body", "*soft*"}});
    CHECK(page.status == 200);
    CHECK(page.has("<em>soft</em>"));
    auto const json = author.post_json("/essays/preview", {{"body", "<script>x</script>"}});
    CHECK(json.json().at("html").as_string().find("<script>") == std::string::npos);
}

TEST_CASE("a file of words becomes a draft") {
    Community community;
    auto author = community.as(community.author);
    std::string const body =
        "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"one.md\"\r\n\r\n"
        "# From a file\n\nIt was *here*.\r\n--b--\r\n";
    auto const reply =
        author.send(http::verb::post, "/essays/import", body, "multipart/form-data; boundary=b");
    CHECK(reply.status == 303);
    auto const edit = author.follow(reply);
    CHECK(edit.has("value=\"From a file\""));
    CHECK(edit.has("It was *here*."));
    CHECK(author.post("/essays/import", {{"text", ""}}).status == 422);
    CHECK(author.post("/essays/import", {{"text", "A title\n\nA paragraph of words."}}).status ==
          303);
}

TEST_CASE("publishing, withdrawing and publishing again") {
    Community community;
    auto author = community.as(community.author);
    auto const path = community.publish();
    CHECK(community.as(community.member).post(path + "/withdraw").status == 404);
    CHECK(author.post(path + "/withdraw").status == 303);
    CHECK(community.stranger().get(path).status == 404);
    CHECK(author.post(path + "/publish").status == 303);
    CHECK(community.stranger().get(path).status == 200);
    auto const empty = author.post("/essays/new", {{"title", "Empty"}});
    auto const edit = path_of(empty);
    CHECK(author.post(edit.substr(0, edit.find("/edit")) + "/publish").status == 422);
}

TEST_CASE("whoever may not write any more changes and publishes nothing, but can withdraw") {
    Community community;
    auto author = community.as(community.author);
    auto const path = community.publish();
    auto const made = author.post("/essays/new", {{"title", "A draft"}, {"body", "Words."}});
    auto const draft = path_of(made).substr(0, path_of(made).rfind('/'));
    auto const id = std::string(author.get_json(path).json().at("id").as_string());
    CHECK(author.get(draft).has("action=\"" + draft + "/publish\""));
    community.write([&](database::Write& write) {
        database::execute(write, revoke_author, database::bind("member", community.author.id));
    });

    auto const edited = author.post(
        path + "/edit", {{"title", "A cup"}, {"version", "1"}, {"body", "Typed & kept"}});
    CHECK(edited.status == 403);
    CHECK(edited.has("Typed &amp; kept"));
    CHECK(
        author.post_json(path + "/edit", {{"title", "A"}, {"body", "b"}, {"version", 1}}).status ==
        403);
    CHECK(author.get(path + "/edit").status == 403);
    CHECK(author.post(draft + "/publish").status == 403);
    CHECK(author.post("/essays/draft?essay=" + id, {{"body", "x"}}).status == 404);
    CHECK(author.post(path + "/picture", {{"alt", "x"}}).status == 403);
    CHECK(community.as(community.other).post(path + "/edit", {{"body", "x"}}).status == 404);
    CHECK(community.stranger().get(path).has("at seven"));
    CHECK(community.stranger().get(draft).status == 404);

    auto const page = author.get(path);
    for (auto const& act : {path + "/edit", path + "/publish"}) CHECK_FALSE(page.has(act + "\""));
    CHECK(author.get(draft).has("You cannot write essays here at present."));
    CHECK(author.get(path + "/history").status == 200);
    CHECK(author.post(path + "/withdraw").status == 303);
    CHECK(community.stranger().get(path).status == 404);
}
