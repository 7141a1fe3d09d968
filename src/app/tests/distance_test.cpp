// What distance hides and what it leaves, over every page of the house.
#include "full_site.hpp"
#include "web/respond.hpp"

namespace kith::app {
namespace {

using namespace testing;

constexpr database::Sql id_of = "select public_id from members where id = :member";

std::string member_path(FullSite& house, Role role) {
    return house.site.database().read([&](database::Read& read) {
        return "/members/" +
               database::one<PublicId>(read, id_of, database::bind("member", house.ids.at(role)))
                   .text();
    });
}

/// Every path that a probe knows, but the streams, which have no end.
std::vector<std::string> probed(FullSite& house) {
    std::vector<std::string> paths;
    house.site.database().read([&](database::Read& read) {
        for (auto const& slice : all_slices())
            for (auto const& probe : *slice.probes)
                for (auto& path : probe.paths(read))
                    if (!path.starts_with("/events?")) paths.push_back(std::move(path));
    });
    return paths;
}

/// A small circle, or something in one, where nobody can be invisible.
bool in_small_circle(std::string const& path) {
    return path.starts_with("/circles") || path.starts_with("/conversations");
}

TEST_CASE("outside small circles no page of the house shows who keeps distance, in either way") {
    FullSite house;
    house.fill();
    auto guide = house.as(Role::guide);
    auto const paths = probed(house);
    REQUIRE(guide.post(member_path(house, Role::member) + "/distance").status == 303);
    for (auto const& [viewer, hidden] :
         {std::pair(Role::member, Role::guide), std::pair(Role::guide, Role::member)}) {
        auto browser = house.as(viewer);
        for (auto const& path : paths) {
            if (in_small_circle(path) || path == "/settings/distance") continue;
            // One's own letters and what one keeps: what was written between them is known.
            if (path.starts_with("/reach-outs")) continue;
            CAPTURE(name_of(viewer));
            CAPTURE(path);
            CHECK_FALSE(browser.get(path).has(name_of(hidden)));
            CHECK_FALSE(browser.get_json(path).has(name_of(hidden)));
        }
    }
    CHECK(house.as(Role::guide).get("/settings/distance").has(name_of(Role::member)));
    CHECK_FALSE(house.as(Role::member).get("/settings/distance").has(name_of(Role::guide)));
    CHECK(house.as(Role::host).get(house.essay).has(name_of(Role::guide)));
}

TEST_CASE("a portrait stays where the two meet in a small circle, and is gone where they don't") {
    FullSite house;
    house.fill();
    auto const guide = member_path(house, Role::guide);
    auto member = house.as(Role::member);
    auto loner = house.as(Role::steward);
    CHECK(member.get(guide + "/avatar").status == 200);
    CHECK(loner.get(guide + "/avatar").status == 200);
    CHECK(member.post(guide + "/distance").status == 303);
    CHECK(member.get(guide + "/avatar").status == 200);
    CHECK(member.get(guide).status == 404);
    auto const circles = member.get_json("/circles").json();
    for (auto const& circle : circles.at("own").as_array())
        CHECK(member.post(std::string(circle.at("url").as_string()) + "/leave").status == 303);
    CHECK(member.get(guide + "/avatar").status == 404);
    CHECK(loner.get(guide + "/avatar").status == 200);
}

TEST_CASE("a page of distance tells of shared small circles, and of a keeper who takes letters") {
    FullSite house;
    house.fill();
    auto member = house.as(Role::member);
    auto const page = member.get(member_path(house, Role::host) + "/distance");
    CHECK(page.has("Small circles that you share"));
    CHECK(page.has("/leave\""));
    CHECK(page.has("Write to " + name_of(Role::guide)));
    CHECK_FALSE(member.get(member_path(house, Role::guide) + "/distance").has("Write to"));
}

}  // namespace
}  // namespace kith::app
