// What distance hides and what it leaves, over every page of the house.
#include "essays/reach_out.hpp"
#include "full_site.hpp"
#include "web/respond.hpp"

namespace kith::app {
namespace {

using namespace testing;
using tests::Browser;

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
                    if (!path.starts_with("/events?") && !path.ends_with("/live"))
                        paths.push_back(std::move(path));
    });
    return paths;
}

constexpr database::Sql large_circles = "update circles set small = 0";
constexpr database::Sql large_groups = "update talk_groups set small = 0";
constexpr database::Sql large_rooms = "update discussions set small_circle = 0";

TEST_CASE("outside small circles no page of the house shows who keeps distance, in either way") {
    FullSite house;
    house.fill();
    house.write([](database::Write& write) {
        for (auto const& sql : {large_circles, large_groups, large_rooms})
            database::execute(write, sql);
    });
    auto guide = house.as(Role::guide);
    REQUIRE(guide.post(member_path(house, Role::member) + "/distance").status == 303);
    for (auto const& [viewer, hidden] :
         {std::pair(Role::member, Role::guide), std::pair(Role::guide, Role::member)}) {
        auto browser = house.as(viewer);
        for (auto const& path : probed(house)) {
            // What was written between the two is known to both, and from whom they keep distance
            // to who does.
            if (path.starts_with("/reach-outs")) continue;
            bool const of_keeper = path == "/settings/distance" || path.ends_with("/distance");
            if (of_keeper && viewer == Role::guide) continue;
            CAPTURE(name_of(viewer));
            CAPTURE(path);
            CHECK_FALSE(browser.get(path).has(name_of(hidden)));
            CHECK_FALSE(browser.get_json(path).has(name_of(hidden)));
        }
    }
    CHECK(guide.get("/settings/distance").has("Take distance back"));
    CHECK_FALSE(house.as(Role::member).get("/settings/distance").has("Take distance back"));
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

TEST_CASE(
    "in a small circle the other is told as before; only who keeps distance is told nothing") {
    FullSite house;
    house.fill();
    auto member = house.as(Role::member);
    auto guide = house.as(Role::guide);
    auto const circles = guide.get_json("/circles").json();
    auto const circle = std::string(circles.at("own").at(0).at("url").as_string());
    auto const begin = [&](Browser& who, std::string const& title) {
        auto const begun =
            who.post(circle + "/conversations", {{"title", title}, {"body", "Is it white?"}});
        REQUIRE(begun.status == 303);
        auto const path = begun.header("location");
        return path.substr(0, path.find('?'));
    };
    auto const of_member = begin(member, "Frost");
    auto const of_guide = begin(guide, "Thaw");
    REQUIRE(guide.post(member_path(house, Role::member) + "/distance").status == 303);
    member.post("/notices/seen");
    guide.post("/notices/seen");
    house.site.clock.move(std::chrono::minutes(1));
    auto const told = [](Browser& who) { return who.get_json("/notices").body; };
    auto const member_before = told(member);
    auto const guide_before = told(guide);
    REQUIRE(guide.post(of_member + "/comments", {{"body", "White here."}}).status == 303);
    REQUIRE(member.post(of_guide + "/comments", {{"body", "Not yet."}}).status == 303);
    CHECK(told(member) != member_before);
    CHECK(told(member).find(name_of(Role::guide)) != std::string::npos);
    CHECK(told(guide) == guide_before);
    // Outside of it, neither hears anything of the other.
    auto const member_then = told(member);
    auto const said = guide.post_json(house.essay + "/comments",
                                      {{"body", "@" + name_of(Role::member) + " hello"}});
    CHECK(said.status == 201);
    CHECK(told(member) == member_then);
}

TEST_CASE("a page of distance tells of shared small circles, and of a keeper who takes letters") {
    FullSite house;
    house.fill();
    house.site.site().hooks.reach_out_url = essays::reach_out_url;
    auto member = house.as(Role::member);
    auto const page = member.get(member_path(house, Role::host) + "/distance");
    CHECK(page.has("Small circles that you share"));
    CHECK(page.has("/leave\""));
    CHECK(page.has("Write to " + name_of(Role::guide)));
    CHECK_FALSE(member.get(member_path(house, Role::guide) + "/distance").has("Write to"));
}

}  // namespace
}  // namespace kith::app
