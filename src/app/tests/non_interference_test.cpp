// SAFETY 2, NI-1: what someone apart does, and all that stands under it, changes no byte of what a
// member gets. Each page that a probe knows is asked for before and after; seeded mistakes in what
// distance rests on show that the comparison would find them.
#include "distance/distance_store.hpp"
#include "full_site.hpp"
#include "talk/quotes.hpp"
#include "web/respond.hpp"

namespace kith::app {
namespace {

using namespace testing;
using tests::Browser;

/// The body without what is made anew each time that a form is shown.
std::string steady(std::string body) {
    for (std::string_view const key :
         {"name=\"idempotency_key\" value=\"", "\"idempotency_key\":\""})
        for (auto at = body.find(key); at != std::string::npos; at = body.find(key, at))
            body.erase(at, key.size() + 22);
    return body;
}

struct Seen {
    unsigned status = 0;
    std::string body;
    bool operator==(Seen const&) const = default;
};
using AllSeen = std::map<std::string, Seen>;

constexpr database::Sql large_circles = "update circles set small = 0";
constexpr database::Sql large_groups = "update talk_groups set small = 0";
constexpr database::Sql large_rooms = "update discussions set small_circle = 0";

/// A house in which the steward keeps distance from the member, and the member looks.
class Watch {
public:
    Watch() {
        house.fill();
        // All is commons: no room is so small that nobody can be invisible in it.
        run({large_circles, large_groups, large_rooms});
        house.write([this](database::Write& write) {
            CHECK(distance::keep_distance(write, {steward, Role::steward}, member, "Mo",
                                          house.site.clock.now()));
        });
        mention = comment(Role::host, "Host's own words");
    }

    /// What the member gets of each of these paths.
    AllSeen look(std::vector<std::string> const& paths) {
        AllSeen seen;
        for (auto const& path : paths) {
            auto const page = looking.get(path);
            seen[path] = {page.status, steady(page.body)};
            auto const data = looking.get_json(path);
            seen[path + " as JSON"] = {data.status, steady(data.body)};
            auto const head = looking.head(path);
            seen[path + " by HEAD"] = {head.status, head.header("content-length")};
        }
        return seen;
    }

    /// Every path that a probe knows, but for streams without an end, and what only the host's own
    /// machine is told.
    std::vector<std::string> paths() {
        std::vector<std::string> all{"/search?q=lantern"};
        house.site.database().read([&](database::Read& read) {
            for (auto const& slice : all_slices())
                for (auto const& probe : *slice.probes)
                    for (auto& path : probe.paths(read))
                        if (!path.starts_with("/events?") && !path.ends_with("/live") &&
                            path != "/metrics")
                            all.push_back(std::move(path));
        });
        return all;
    }

    /// What the steward does in the commons, and what others do under it.
    void hidden_doings() {
        auto browser = house.as(Role::steward);
        CHECK(browser
                  .post("/settings/profile",
                        {{"name", "Sia Anew"}, {"about", "a lantern"}, {"listed", "1"}})
                  .status == 303);
        auto const words = comment(Role::steward, "A lantern in the window");
        comment(Role::host, "Under it, a lantern", words);
        comment(Role::host,
                talk::quote_of("Sia", *PublicId::parse(words), "A lantern in the window") +
                    "\n\nSo it was.");
        CHECK(browser.post("/comments/" + mention + "/kind", {{"kind", "heard"}}).status == 303);
        CHECK(browser.post(house.essay + "/thanks", {{"to", name_of(Role::host)}, {"note", "x"}})
                  .status == 303);
        CHECK(tests::upload(browser, "/settings/profile/picture", {}, tests::one_pixel()).status ==
              303);
        comment(Role::steward, "@Mo Member, a lantern");
    }

    /// The page by which the member can tell that any of it was done; empty when none does.
    std::string tells(std::vector<database::Sql> const& later = {}) {
        auto const known = paths();
        auto const before = look(known);
        auto const nothing = look({"/nothing-here"});
        hidden_doings();
        run(later);
        for (auto const& [path, seen] : look(known))
            if (seen != before.at(path)) return path;
        std::vector<std::string> made;
        for (auto& path : paths())
            if (!before.contains(path)) made.push_back(std::move(path));
        CHECK(made.size() >= 4);
        for (auto const& path : made)
            for (auto const& [how, seen] : look({path}))
                if (seen != nothing.at("/nothing-here" + how.substr(path.size()))) return how;
        return {};
    }

    void run(std::vector<database::Sql> const& statements) {
        house.write([&](database::Write& write) {
            for (auto const& statement : statements) database::execute(write, statement);
        });
    }

    FullSite house;
    Id<Member> member = house.ids.at(Role::member);
    Id<Member> steward = house.ids.at(Role::steward);
    Browser looking = house.as(Role::member);

private:
    std::string comment(Role who, std::string const& body, std::string const& parent = {}) {
        auto browser = house.as(who);
        boost::json::object form{{"body", body}};
        if (!parent.empty()) form["parent"] = parent;
        auto const made = browser.post_json(house.essay + "/comments", form);
        CHECK(made.status == 201);
        return std::string(made.json().at("id").as_string());
    }

    std::string mention;
};

/// A mistake in what distance rests on: at once, or in what was written since.
struct Mistake {
    std::string_view what;
    std::vector<database::Sql> at_once;
    std::vector<database::Sql> later = {};
};

std::vector<Mistake> mistakes() {
    using database::Sql;
    return {
        {"distance without an effect", {Sql("delete from separations")}},
        {"an effect in the other direction alone",
         {Sql("delete from separations where viewer = "
              "(select id from members where name = 'Mo Member')")}},
        {"words quoted don't count",
         {Sql("drop view quote_separations"),
          Sql("create view quote_separations as select 0 as viewer, 0 as comment")}},
        {"what stands under someone's words doesn't count",
         {},
         {Sql("update comments set thread_author = null")}},
        {"everywhere is a small circle", {Sql("update discussions set small_circle = 1")}},
        {"everyone meets in a small circle",
         {Sql("drop view small_rooms"),
          Sql("create view small_rooms as select a.id as viewer, b.id as other, '' as name, "
              "'' as url, 0 as other_keeps, '' as place from members a cross join members b")}},
        {"distance ends by itself", {}, {Sql("delete from separations")}},
    };
}

TEST_CASE("what someone apart does, and what stands under it, can't be told by any page") {
    Watch watch;
    CHECK(watch.tells() == "");
}

TEST_CASE("each seeded mistake in what distance rests on is told by some page") {
    for (auto const& mistake : mistakes()) {
        CAPTURE(mistake.what);
        Watch watch;
        watch.run(mistake.at_once);
        CHECK(watch.tells(mistake.later) != "");
    }
}

}  // namespace
}  // namespace kith::app
