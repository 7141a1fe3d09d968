#include <algorithm>
#include <set>

#include "full_site.hpp"
#include "resources/upkeep.hpp"
#include "web/respond.hpp"

namespace kith::app {
namespace {

using namespace testing;
using tests::Browser;
using tests::Reply;

bool may_use(Role role, web::Access access) {
    switch (access) {
        case web::Access::anyone:
        case web::Access::loopback: return true;
        case web::Access::member: return role >= Role::member;
        case web::Access::guide: return role >= Role::guide;
        case web::Access::steward: return role >= Role::steward;
        case web::Access::host: return role >= Role::host;
    }
    return false;
}

/// One way to ask for a thing: as a person or as a program does.
struct Asking {
    web::Verb verb;
    bool json;
    bool of_streams = true;  ///< false: what is asked for ends, whatever its path says

    [[nodiscard]] bool is_stream(std::string const& path) const {
        return of_streams && (path.starts_with("/events?") || path.ends_with("/live"));
    }
    Reply operator()(Browser& browser, std::string const& path) const {
        // A live stream has no end, whatever is asked for: its head says whether one is let in.
        if (is_stream(path)) return browser.get_head(path);
        if (verb == web::Verb::get) return json ? browser.get_json(path) : browser.get(path);
        return json ? browser.post_json(path, boost::json::object()) : browser.post(path);
    }
};

/// Whoever may not use a route finds nothing there, or, if they might once they have signed in, is
/// asked to.
void check_kept_out(Asking const& ask, Browser& browser, Role role, std::string const& path) {
    auto const reply = ask(browser, path);
    if (role != Role::stranger) {
        CHECK(reply.status == 404);
        CHECK(observed(reply) == observed(ask(browser, "/nothing-here")));
    } else if (ask.verb == web::Verb::get && (!ask.json || ask.is_stream(path))) {
        CHECK(reply.status == 303);
        CHECK(reply.header("location") == "/sign-in?then=" + web::url_encode(path));
    } else {
        CHECK(reply.status == 401);
    }
}

web::Answer say_route(web::Call& call) {
    return web::raw("text/plain", std::string(call.route->pattern));
}

/// Every route as it is registered, but with a handler that only says that it was reached.
std::vector<web::Slice> slices_that_say_their_route() {
    auto slices = all_slices();
    for (auto& slice : slices)
        for (auto& route : slice.routes) {
            route.again = nullptr;
            if (route.verb == web::Verb::get)
                route.show = say_route;
            else
                route.act = [](web::Call& call) { return web::Outcome(say_route(call)); };
        }
    return slices;
}

std::vector<web::Route> all_routes() {
    std::vector<web::Route> routes;
    for (auto const& slice : all_slices())
        routes.insert(routes.end(), slice.routes.begin(), slice.routes.end());
    return routes;
}

/// The pattern with a word in the place of each {…}.
std::string some_path(std::string_view pattern) {
    std::string path(pattern);
    for (auto open = path.find('{'); open != std::string::npos; open = path.find('{'))
        path.replace(open, path.find('}') - open + 1, "a-word");
    return path;
}

/// The paths of every probe, by the pattern of its route.
std::map<std::string, std::vector<std::string>> probed_paths(FullSite& house) {
    std::map<std::string, std::vector<std::string>> paths;
    house.site.database().read([&](database::Read& read) {
        for (auto const& slice : all_slices())
            for (auto const& probe : *slice.probes)
                for (auto& path : probe.paths(read))
                    paths[std::string(probe.pattern)].push_back(std::move(path));
    });
    return paths;
}

TEST_CASE("each route lets in the roles that it names, and is missing for all others") {
    FullSite house(slices_that_say_their_route());
    auto const routes = all_routes();
    REQUIRE(routes.size() > 100);
    for (auto const role : roles) {
        auto browser = house.as(role);
        for (auto const& route : routes) {
            for (bool const json : {false, true}) {
                CAPTURE(name_of(role));
                CAPTURE(route.pattern);
                CAPTURE(json);
                Asking const ask{route.verb, json, false};
                auto const path = some_path(route.pattern);
                if (!may_use(role, route.access)) {
                    check_kept_out(ask, browser, role, path);
                    continue;
                }
                auto const reply = ask(browser, path);
                CHECK(reply.status == 200);
                CHECK(reply.body == route.pattern);
            }
        }
    }
}

TEST_CASE("each page has a probe, and each probe a page") {
    std::set<std::string_view> pages;
    std::set<std::string_view> probed;
    for (auto const& route : all_routes())
        if (route.verb == web::Verb::get) pages.insert(route.pattern);
    for (auto const& slice : all_slices())
        for (auto const& probe : *slice.probes) CHECK(probed.insert(probe.pattern).second);
    for (auto const page : pages) CHECK_MESSAGE(probed.contains(page), page);
    for (auto const probe : probed) CHECK_MESSAGE(pages.contains(probe), probe);
}

TEST_CASE("each probe leads to its page, for each role, in HTML and JSON") {
    FullSite house;
    house.fill();
    auto const paths = probed_paths(house);
    for (auto const& route : all_routes()) {
        if (route.verb != web::Verb::get) continue;
        CAPTURE(route.pattern);
        auto const found = paths.find(std::string(route.pattern));
        REQUIRE(found != paths.end());
        bool shown = false;
        for (auto const role : roles) {
            auto browser = house.as(role);
            for (auto const& path : found->second) {
                for (bool const json : {false, true}) {
                    CAPTURE(name_of(role));
                    CAPTURE(path);
                    CAPTURE(json);
                    Asking const ask{web::Verb::get, json};
                    if (!may_use(role, route.access)) {
                        check_kept_out(ask, browser, role, path);
                        continue;
                    }
                    auto const status = ask(browser, path).status;
                    CHECK(status < 500);
                    // Of some things a stranger is told only that members may have them.
                    if (role != Role::stranger) CHECK(status != 401);
                    CHECK(status != 403);
                    shown = shown || status == 200;
                }
            }
        }
        // What only a token opens stays shut: a token is in a mail or a person's hand, not here.
        bool const by_token = route.pattern.find("{token}") != std::string_view::npos;
        CHECK((shown || by_token));
    }
}

TEST_CASE("what each kind of job does is told the host in words") {
    web::Words words;
    words.add_room(upkeep_resources());
    for (auto const& slice : all_slices())
        for (auto const& job : slice.jobs) {
            auto name = std::string(job.name);
            std::replace(name.begin(), name.end(), '.', '_');
            CHECK_MESSAGE(words.has("upkeep.job_" + name), name);
        }
}

TEST_CASE("no form that is sent empty breaks the server, whoever sends it") {
    FullSite house;
    house.fill();
    auto const paths = probed_paths(house);
    auto const first = [&](std::string const& pattern) { return paths.at(pattern).front(); };
    auto const guide = first("/guides/{id}/reach-out");
    std::map<std::string_view, std::string> const names{
        {"/comments/{id}", first("/comments/{id}")},
        {"/essays/{slug}", house.essay},
        {"/letters/{id}", first("/letters/{id}")},
        {"/polls/{id}", first("/polls/{id}")},
        {"/reach-outs/{id}", first("/reach-outs/{id}")},
        {"/introductions/{id}", first("/introductions/{id}")},
        {"/unanswered/{id}", first("/unanswered/{id}")},
        {"/thanks/{token}", first("/thanks/{token}")},
        {"/guides/{id}", guide.substr(0, guide.rfind('/'))},
        {"/host/members/{id}", first("/host/members/{id}")},
        {"/join/asked/{token}", "/join/asked/" + house.asked},
    };
    for (auto const& route : all_routes()) {
        if (route.verb != web::Verb::post) continue;
        std::string path(route.pattern);
        for (auto const& [pattern, example] : names)
            if (path.starts_with(pattern)) path.replace(0, pattern.size(), example);
        path = some_path(path);
        for (auto const role : roles) {
            for (bool const json : {false, true}) {
                CAPTURE(name_of(role));
                CAPTURE(path);
                CAPTURE(json);
                auto browser = house.as(role);  // some of these forms end the session
                auto const status = Asking{web::Verb::post, json}(browser, path).status;
                CHECK(status < 500);
                if (!may_use(role, route.access))
                    CHECK(status == (role == Role::stranger ? 401 : 404));
            }
        }
    }
}

}  // namespace
}  // namespace kith::app
