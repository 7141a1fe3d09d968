// The toy capability among all the others: nothing of theirs was changed for it.
#include "app/tests/full_site.hpp"
#include "gratitude/gratitude_slice.hpp"
#include "gratitude/gratitude_store.hpp"

namespace kith::gratitude {
namespace {

using app::testing::FullSite;

std::vector<web::Slice> all_and_the_toy() {
    auto slices = app::all_slices();
    slices.push_back(gratitude_slice());
    return slices;
}

TEST_CASE("a capability that is added works beside all others, by its folder alone") {
    FullSite house(all_and_the_toy());
    auto member = house.as(Role::member);
    CHECK(member.post("/gratitude", {{"words", "the rain stopped"}}).status == 303);
    CHECK(member.get("/gratitude").has("the rain stopped"));
    CHECK_FALSE(house.as(Role::host).get("/gratitude").has("the rain stopped"));
    CHECK(member.get("/essays").status == 200);
    CHECK(member.get("/settings").status == 200);
    CHECK(house.as(Role::stranger).get("/api/openapi.json").has("/gratitude"));
    auto german = house.site.browser();
    german.cookies = member.cookies;
    german.headers["accept-language"] = "de";
    CHECK(german.get("/gratitude").status == 200);
}

TEST_CASE("its data goes with its member, exported and erased like that of all others") {
    FullSite house(all_and_the_toy());
    house.as(Role::member).post("/gratitude", {{"words", "mine"}});
    auto& site = house.site.site();
    auto const own = house.ids.at(Role::member);
    web::Archive archive;
    site.database.read([&](database::Read& read) {
        for (auto const& export_for : site.exports) export_for(site, read, own, archive);
    });
    bool const exported = std::ranges::any_of(archive.entries(), [](auto const& entry) {
        return entry.bytes.find("mine") != std::string::npos;
    });
    CHECK(exported);
    house.write([&](database::Write& write) {
        for (auto const& erase_for : site.erasures) erase_for(write, own);
    });
    auto const left = site.database.read([&](database::Read& read) {
        return notes_of(read, {own, Role::member}).size();
    });
    CHECK(left == 0);
}

}  // namespace
}  // namespace kith::gratitude
