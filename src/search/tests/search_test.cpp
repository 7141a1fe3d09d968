#include <doctest/doctest.h>

#include <map>
#include <set>

#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "postgres.hpp"
#include "search/search_commands.hpp"
#include "search/search_job.hpp"
#include "search/search_slice.hpp"
#include "test_site.hpp"
#include "web/call.hpp"

namespace kith::search {
namespace {

/// "X-Member: 7" is a session here; the real ones live in members/.
web::SiteHooks hooks() {
    web::SiteHooks hooks;
    hooks.recognise = [](web::Site&, database::Read&, web::HttpRequest const& request, Time) {
        web::Visitor visitor;
        auto const member = request.header("x-member");
        if (!member.empty())
            visitor.viewer = {Id<Member>{std::stoll(std::string(member))}, Role::member};
        return visitor;
    };
    hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
    hooks.furnish = [](web::Call&, web::Shell& shell) { shell.community_name = "Test Street"; };
    return hooks;
}

constexpr database::Sql toys_found = database::in_found<
    "select f.id, f.thing from found f where f.thing <> 13 or :viewer = 7 "
    "order by f.id desc limit :at_most">;

struct ToyRow {
    std::int64_t entry = 0;
    std::int64_t thing = 0;
};
BOOST_DESCRIBE_STRUCT(ToyRow, (), (entry, thing))

/// The words of the toys, by their ids; the thirteenth is the seventh member's alone.
std::map<std::int64_t, std::string>& toys() {
    static std::map<std::int64_t, std::string> all;
    return all;
}

std::vector<web::FoundThing> find_toys(web::Call& call, web::SearchWish const& wish) {
    std::array const scopes{database::SearchScope::anyone()};
    auto const by =
        database::found_by(call.read(), wish.query, wish.last, "toys", scopes, call.language);
    std::vector<web::FoundThing> found;
    for (auto const& row : database::rows<ToyRow>(
             call.read(), toys_found, database::bind("found", by),
             database::bind("before", wish.before), database::bind("viewer", call.viewer().member),
             database::bind("at_most", wish.at_most))) {
        web::FoundThing thing;
        thing.entry = row.entry;
        thing.url = "/toys/" + std::to_string(row.thing);
        thing.title = "Toy " + std::to_string(row.thing);
        auto const& words = toys().at(row.thing);
        if (words.starts_with("note")) {
            thing.content_note = "spiders";
        } else {
            thing.snippet = database::snippet_of(words, wish.query);
        }
        found.push_back(std::move(thing));
    }
    return found;
}

void put_toy(database::Write& write, std::int64_t id) {
    auto const words = database::search_words(toys().at(id));
    database::put_in_search(write, {"toys", id, database::SearchScope::anyone(), "en", words});
}

std::int64_t reindex_toys(database::Write& write, std::int64_t after, std::size_t at_most) {
    std::size_t count = 0;
    for (auto at = toys().upper_bound(after); at != toys().end(); ++at) {
        put_toy(write, at->first);
        if (++count == at_most) return at->first;
    }
    return 0;
}

std::vector<web::FoundThing> find_people(web::Call&, web::SearchWish const&) {
    web::FoundThing thing;
    thing.url = "/people/1";
    thing.title = "Someone";
    return {std::move(thing)};
}

web::Slice toy_slice() {
    static constexpr Resource resources[] = {
        {"words/en.json", R"({"toys.found": "Toys", "toys.people": "Persons"})"},
        {"words/de.json", R"({"toys.found": "Spielzeug", "toys.people": "Personen"})"}};
    return {
        .name = "toys",
        .resources = resources,
        .routes = {},
        .pages = {},
        .search =
            {{.name = "toys", .heading = "toys.found", .find = find_toys, .reindex = reindex_toys},
             {.name = "people",
              .heading = "toys.people",
              .for_members = true,
              .find = find_people,
              .reindex = [](database::Write&, std::int64_t, std::size_t) -> std::int64_t {
                  return 0;
              }}},
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{},
    };
}

class SearchSite {
public:
    explicit SearchSite(std::string url = {})
        : site({toy_slice(), search_slice()}, hooks(), std::move(url)) {
        toys().clear();
    }
    void put(std::int64_t id, std::string words) {
        toys()[id] = std::move(words);
        site.database().write_now([&](database::Write& write) { put_toy(write, id); });
    }
    [[nodiscard]] tests::Browser stranger() const { return site.browser(); }
    [[nodiscard]] tests::Browser member(std::string id) const {
        auto browser = site.browser();
        browser.headers["x-member"] = std::move(id);
        return browser;
    }

    tests::TestSite site;
};

/// The addresses of what a program is answered with, over all kinds.
std::vector<std::string> urls(tests::Reply const& reply) {
    std::vector<std::string> all;
    auto const json = reply.json();
    for (auto const& kind : json.at("found").as_array())
        for (auto const& item : kind.at("items").as_array())
            all.emplace_back(item.at("url").as_string());
    return all;
}

using Urls = std::vector<std::string>;

TEST_CASE("what is found is shown with its words marked, in both faces, and no markup of its own") {
    SearchSite search;
    search.put(1, "A <b>lamp</b> & a <script>alert(1)</script>");
    auto const page = search.stranger().get("/search?q=lamp");
    CHECK(page.status == 200);
    CHECK(page.has("A &lt;b&gt;<mark>lamp</mark>&lt;/b&gt; &amp; a &lt;script&gt;"));
    CHECK(page.has("value=\"lamp\""));
    CHECK_FALSE(page.has("<script>alert"));
    auto const json = search.stranger().get_json("/search?q=lamp").json();
    auto const& item = json.at("found").at(0).at("items").at(0);
    CHECK(item.at("url") == "/toys/1");
    CHECK(item.at("snippet").at(1).at("text") == "lamp");
    CHECK(item.at("snippet").at(1).at("found") == true);
    CHECK(item.as_object().find("entry") == item.as_object().end());
}

TEST_CASE("a content note stands in place of the words") {
    SearchSite search;
    search.put(1, "note: many lamp legs");
    auto const page = search.stranger().get("/search?q=lamp");
    CHECK(page.has("spiders"));
    CHECK_FALSE(page.has("many"));
}

TEST_CASE("strangers and members find what each may see, and a stranger isn't told of more kinds") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        SearchSite search(fresh.url);
        search.put(1, "lamp");
        search.put(13, "lamp of the seventh");
        CHECK(urls(search.stranger().get_json("/search?q=lamp")) == Urls{"/toys/1"});
        CHECK(urls(search.member("2").get_json("/search?q=lamp")) == Urls{"/toys/1", "/people/1"});
        CHECK(urls(search.member("7").get_json("/search?q=lamp&kind=toys")) ==
              Urls{"/toys/13", "/toys/1"});
        CHECK_FALSE(search.stranger().get("/search?q=lamp").has("Persons"));
        // A kind that isn't there, or isn't theirs, is every kind.
        CHECK(urls(search.stranger().get_json("/search?q=lamp&kind=people")) == Urls{"/toys/1"});
        CHECK(urls(search.stranger().get_json("/search?q=lamp&kind=x")) == Urls{"/toys/1"});
    }
}

TEST_CASE("hidden and missing give the same page to the byte") {
    SearchSite search;
    search.put(1, "lamp");
    auto before = search.stranger().get("/search?q=seventh");
    search.put(13, "lamp of the seventh");
    auto after = search.stranger().get("/search?q=seventh");
    CHECK(before.status == 200);
    CHECK(before.body == after.body);
    CHECK(search.member("7").get("/search?q=seventh").has("/toys/13"));
}

TEST_CASE("pages follow each other and end; a cursor is its viewer's and its question's") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        SearchSite search(fresh.url);
        auto const count = static_cast<std::int64_t>(2 * limits::search_items + 5);
        for (std::int64_t id = 100; id < 100 + count; ++id) search.put(id, "lamp");
        auto anna = search.member("2");
        Urls all;
        std::string target = "/search?q=lamp&kind=toys";
        std::string second;
        int pages = 0;
        while (!target.empty() && pages < 9) {
            auto const reply = anna.get_json(target);
            for (auto& url : urls(reply)) all.push_back(url);
            auto const json = reply.json();
            auto const& next = json.at("next_url");
            target = next.is_null() ? "" : std::string(next.as_string());
            if (pages++ == 0) second = target;
        }
        CHECK(pages == 3);
        CHECK(all.size() == static_cast<std::size_t>(count));
        CHECK(std::set<std::string>(all.begin(), all.end()).size() == all.size());
        CHECK(all.front() == "/toys/" + std::to_string(99 + count));
        // Somebody else's cursor begins at the first page.
        CHECK(urls(search.member("3").get_json(second)).front() == all.front());
        CHECK(urls(anna.get_json("/search?q=lamp&kind=toys&after=AAAA")).front() == all.front());
        auto const overview = anna.get_json("/search?q=lamp").json();
        CHECK(overview.at("found").at(0).at("items").as_array().size() ==
              limits::search_items_of_each);
        CHECK(overview.at("found").at(0).at("all_url") == "/search?q=lamp&kind=toys");
    }
}

TEST_CASE("the last word may be a beginning where it is rare, also on later pages") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        SearchSite search(fresh.url);
        for (std::int64_t id = 100; id < 130; ++id) search.put(id, "lamplight");
        search.put(1, "lampl");
        auto stranger = search.stranger();
        auto const first = stranger.get_json("/search?q=lampl&kind=toys");
        CHECK(urls(first).size() == limits::search_items);
        auto const rest = stranger.get_json(std::string(first.json().at("next_url").as_string()));
        CHECK(urls(rest).size() == 11);
        for (std::int64_t id = 200; id < 230; ++id) search.put(id, "lampl");
        CHECK(urls(stranger.get_json("/search?q=lampl&kind=toys")).front() == "/toys/229");
        CHECK(urls(stranger.get_json("/search?q=la")).empty());
    }
}

TEST_CASE("nothing asked, nothing found, too much asked: each says so, with one way on") {
    SearchSite search;
    search.put(1, "lamp");
    CHECK(search.stranger().get("/search").has("the newest first"));
    CHECK(search.stranger().get("/search?q=+%21").has("the newest first"));
    CHECK(search.stranger().get("/search?q=-lamp").has("only words to leave out"));
    auto const none = search.stranger().get("/search?q=moon");
    CHECK(none.has("Nothing that you can read"));
    CHECK(none.has("href=\"/essays\""));
    CHECK(search.stranger().get("/search?q=moon&kind=toys").has("Look everywhere"));
    CHECK(search.stranger().get("/search?q=a+b+c+d+e+f+g+h+i+j+k+l+m").has("first 12 words"));
    auto const quoted = search.stranger().get("/search?q=%22%3E%3Cb%3E");
    CHECK(quoted.status == 200);
    CHECK(quoted.has("value=\"&quot;&gt;&lt;b&gt;\""));
}

TEST_CASE("who searches too often is told when to come back") {
    SearchSite search;
    auto anna = search.member("2");
    for (unsigned i = 0; i < limits::searches_max; ++i)
        REQUIRE(anna.get_json("/search?q=lamp").status == 200);
    CHECK(anna.get("/search?q=lamp").status == 429);
    CHECK(search.member("3").get("/search?q=lamp").status == 200);
    search.site.clock.move(std::chrono::minutes(1));
    CHECK(anna.get("/search?q=lamp").status == 200);
}

TEST_CASE("the index is made anew from what the rooms hold") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        SearchSite search(fresh.url);
        for (std::int64_t id = 1000; id < 1000 + 501; ++id) toys()[id] = "lamp";
        search.put(1, "gone");
        toys().erase(1);
        CHECK(urls(search.stranger().get_json("/search?q=lamp")).empty());
        CHECK(reindex(search.site.site()) == 4);
        CHECK(urls(search.stranger().get_json("/search?q=lamp")).size() == 5);
        CHECK(urls(search.stranger().get_json("/search?q=gone")).empty());
    }
}

TEST_CASE("the job that makes the index anew goes on in small deeds, also when one is done twice") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        SearchSite search(fresh.url);
        for (std::int64_t id = 1000; id < 1000 + 501; ++id) toys()[id] = "lamp";
        search.put(1, "gone");
        toys().erase(1);
        auto& site = search.site.site();
        auto const waiting = [&] {
            return site.database.read([](database::Read& read) {
                return database::waiting_jobs(read, std::string(reindex_job));
            });
        };
        run_reindex_job(site, "");
        CHECK(urls(search.stranger().get_json("/search?q=gone")).empty());
        CHECK(waiting() == 1);
        run_reindex_job(site, "toys 0");
        run_reindex_job(site, "toys 0");
        CHECK(waiting() == 3);
        search.site.house().run_due_jobs();
        CHECK(waiting() == 0);
        CHECK(urls(search.stranger().get_json("/search?q=lamp")).size() == 5);
        // What an older program knew and this one doesn't ends there.
        run_reindex_job(site, "letters 5");
        CHECK(waiting() == 0);
    }
}

}  // namespace
}  // namespace kith::search
