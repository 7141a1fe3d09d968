#include <zip.h>

#include <map>

#include "base/limits.hpp"
#include "members/join_requests.hpp"
#include "members/profiles_store.hpp"
#include "members_site.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;

namespace {

/// Name to content, as any program that unpacks reads it.
std::map<std::string, std::string> unpacked(std::string const& bytes) {
    zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    zip_t* const zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
    REQUIRE(zip != nullptr);
    std::map<std::string, std::string> files;
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
        zip_stat_t stat{};
        auto const index = static_cast<zip_uint64_t>(i);
        REQUIRE(zip_stat_index(zip, index, 0, &stat) == 0);
        std::string content(stat.size, '\0');
        zip_file_t* const file = zip_fopen_index(zip, index, 0);
        CHECK(zip_fread(file, content.data(), content.size()) ==
              static_cast<zip_int64_t>(content.size()));
        zip_fclose(file);
        files[stat.name] = content;
    }
    zip_discard(zip);
    return files;
}

}  // namespace

TEST_CASE("a copy holds everything of one's own, for people and for programs") {
    MembersSite site;
    auto const maya = site.add("Maya", Role::member, "maya@example.org");
    auto const joel = site.add("Joel");
    site.write([&](database::Write& write) {
        set_own_words(write, maya, {"Maya", "she", "I *bake*.", true});
        set_avatar(write, maya, site.site().files.put("not really a picture", "jpg"));
        (void)make_invitation(site.site(), write, maya, "for my sister");
        (void)make_invitation(site.site(), write, joel, "a note of Joel’s");
    });
    auto self = site.sign_in("Maya");
    auto const page = self.get("/settings/copy");
    CHECK(page.has("Make a copy"));
    CHECK(self.get_json("/settings/copy").json().at("fresh") == true);
    auto const reply = self.post("/settings/copy");
    REQUIRE(reply.status == 200);
    CHECK(reply.header("content-type") == "application/zip");
    CHECK(reply.header("content-disposition") == "attachment; filename=\"copy-2026-03-08.zip\"");
    auto const files = unpacked(reply.body);
    for (auto const* name : {"index.html", "profile.json", "profile.html", "invitations.json",
                             "sign-in.json", "sign-in.html", "picture.jpg"}) {
        CAPTURE(name);
        CHECK(files.contains(name));
    }
    CHECK(files.at("picture.jpg") == "not really a picture");
    CHECK(files.at("index.html").find("href=\"profile.html\"") != std::string::npos);
    auto const profile = boost::json::parse(files.at("profile.json"));
    CHECK(profile.at("about") == "I *bake*.");
    CHECK(profile.at("picture") == "picture.jpg");
    CHECK(files.at("sign-in.json").find("maya@example.org") != std::string::npos);
    for (auto const& [name, content] : files) {
        CAPTURE(name);
        CHECK(content.find("argon2") == std::string::npos);
        CHECK(content.find("Joel") == std::string::npos);
    }
    CHECK(files.at("invitations.json").find("for my sister") != std::string::npos);
}

TEST_CASE("a copy is for whoever is signed in, and not too often") {
    MembersSite site;
    site.add("Maya");
    CHECK(site.stranger().get("/settings/copy").status == 303);
    CHECK(site.stranger().post("/settings/copy").status == 401);
    auto self = site.sign_in("Maya");
    for (unsigned i = 0; i < limits::copies_max; ++i)
        CHECK(self.post("/settings/copy").status == 200);
    CHECK(self.post("/settings/copy").status == 429);
}
