#include "community.hpp"
#include "pictures.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

Reply upload(Browser& browser, std::string const& path, std::string const& alt,
             std::string const& bytes, bool above) {
    FormFields fields{{"alt", alt}};
    if (above) fields.emplace_back("above", "1");
    return tests::upload(browser, path + "/picture", fields, bytes);
}

std::size_t files_of(Community& community) {
    auto const folder = community.site.directory.path / "files";
    std::size_t count = 0;
    if (!std::filesystem::exists(folder)) return count;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("a picture stands above its essay, for whoever may read it") {
    Community community;
    use_ready_worker(community.site);
    auto author = community.as(community.author);
    auto const path = community.publish();
    CHECK(community.stranger().get(path + "/picture").status == 404);
    CHECK(upload(author, path, "Two chairs", one_pixel(), true).status == 303);
    auto const page = community.stranger().get(path);
    CHECK(page.has("alt=\"Two chairs\""));
    CHECK(page.has("og:image"));
    auto const picture = community.stranger().get(path + "/picture");
    CHECK(picture.status == 200);
    CHECK(picture.header("content-type") == "image/jpeg");
    CHECK(picture.body == ready_picture());
    community.keep_distance(community.author, community.member);
    CHECK(community.as(community.member).get(path + "/picture").status == 404);
}

TEST_CASE("a picture inside the text has its own address, and goes again") {
    Community community;
    use_ready_worker(community.site);
    auto author = community.as(community.author);
    auto const path = community.publish();
    CHECK(upload(author, path, "A [cup]", one_pixel(), false).status == 303);
    auto const items = author.get_json(path + "/edit").json().at("pictures").at("items").as_array();
    REQUIRE(items.size() == 1);
    auto const file = std::string(items[0].at("url").as_string());
    CHECK(community.stranger().get(file).status == 200);
    auto const line = std::string(items[0].at("markdown").as_string());
    CHECK(author.post(path + "/edit", {{"title", "T"}, {"body", line}, {"version", "1"}}).status ==
          303);
    CHECK(community.stranger().get(path).has("<img src=\"" + file + "\""));
    auto const drop = std::string(items[0].at("drop_url").as_string());
    CHECK(community.as(community.member).post(drop).status == 404);
    CHECK(author.post(drop).status == 303);
    CHECK(community.stranger().get(file).status == 404);
    // The file goes by a job, as it does with its member: a stop between can't leave it for ever.
    CHECK(files_of(community) == 1);
    community.site.house().run_due_jobs();
    CHECK(files_of(community) == 0);
}

TEST_CASE("a picture whose deed fails leaves no file behind") {
    Community community;
    use_ready_worker(community.site);
    auto author = community.as(community.author);
    auto const path = community.publish();
    community.site.database().finish_writing();
    CHECK(upload(author, path, "Two chairs", one_pixel(), true).status == 503);
    CHECK(std::filesystem::exists(community.site.directory.path / "files"));
    CHECK(files_of(community) == 0);
}

TEST_CASE("a picture needs words, a file, and an author") {
    Community community;
    use_ready_worker(community.site);
    auto author = community.as(community.author);
    auto const path = community.publish();
    auto const wordless = upload(author, path, "", one_pixel(), false);
    CHECK(wordless.status == 422);
    CHECK(wordless.has("id=\"alt\""));
    CHECK(upload(author, path, "x", "", false).status == 422);
    CHECK(upload(author, path, "x", "GIF89a", false).status == 422);
    auto member = community.as(community.member);
    CHECK(upload(member, path, "x", one_pixel(), false).status == 404);
}
