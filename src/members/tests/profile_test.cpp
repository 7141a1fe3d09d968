#include <future>
#include <set>
#include <thread>
#include <vips/vips8>

#include "base/limits.hpp"
#include "members/erasure_store.hpp"
#include "members/profiles_store.hpp"
#include "members_site.hpp"
#include "web/picture.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::literals;

// The worker of these tests is this program, asked for this one case by a word that only the
// worker gets.
TEST_CASE("members' picture worker") {
    std::ifstream file("/proc/self/cmdline");
    std::string const words{std::istreambuf_iterator<char>(file), {}};
    if (words.ends_with("picture-worker\0"sv)) _exit(web::picture_worker_main(0, 1));
}

namespace {

constexpr database::Sql keep_apart =
    "insert into separations (viewer, other) values (:viewer, :other)";

void separate(MembersSite& site, Id<Member> one, Id<Member> other) {
    site.write([&](database::Write& write) {
        database::execute(write, keep_apart, database::bind("viewer", one),
                          database::bind("other", other));
        database::execute(write, keep_apart, database::bind("viewer", other),
                          database::bind("other", one));
    });
}

std::string url_of(MembersSite& site, Id<Member> member) {
    return site.write([&](database::Write& write) {
        return "/members/" + member_by_id(write, Viewer::server(), member)->public_id.text();
    });
}

void list(MembersSite& site, Id<Member> member) {
    site.write([&](database::Write& write) {
        auto const row = member_by_id(write, Viewer::server(), member);
        set_own_words(write, member, {row->name, row->pronouns, row->about, true});
    });
}

/// A program that starts this one as a picture worker.
void let_decode(MembersSite& site) {
    auto const self = std::filesystem::read_symlink("/proc/self/exe").string();
    auto const path = site.test().directory.path / "worker";
    std::ofstream(path) << "#!/bin/sh\nexec " << self
                        << " \"--test-case=members' picture worker\" --no-intro \"$1\"\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    site.site().settings.picture_worker = path.string();
}

std::string jpeg() {
    REQUIRE(vips_init("tests") == 0);
    auto const image = vips::VImage::black(300, 200, vips::VImage::option()->set("bands", 3));
    void* data = nullptr;
    std::size_t size = 0;
    image.write_to_buffer(".jpg", &data, &size);
    std::string bytes(static_cast<char*>(data), size);
    g_free(data);
    return bytes;
}

Reply upload(Browser& browser, std::string const& bytes) {
    std::string body =
        "--x\r\ncontent-disposition: form-data; name=\"picture\"; "
        "filename=\"me.jpg\"\r\ncontent-type: image/jpeg\r\n\r\n";
    body += bytes + "\r\n--x--\r\n";
    return browser.send(http::verb::post, "/settings/profile/picture", body,
                        "multipart/form-data; boundary=x");
}

}  // namespace

TEST_CASE("a new account is visible to nobody until it chooses") {
    MembersSite site;
    auto const maya = site.add("Maya");
    site.add("Joel");
    auto const url = url_of(site, maya);
    auto joel = site.sign_in("Joel");
    auto self = site.sign_in("Maya");
    auto const hidden = joel.get(url);
    auto const missing = joel.get("/members/" + PublicId::make(site.site().random).text());
    CHECK(hidden.status == 404);
    CHECK(hidden.body == missing.body);
    CHECK(joel.get_json(url).body == joel.get_json("/members/x").body);
    CHECK_FALSE(joel.get("/members").has("Maya"));
    CHECK(self.get(url).has("Only you see this page."));
    CHECK(site.stranger().get(url).status == 303);
    CHECK(self.post("/settings/profile", {{"name", "Maya"}, {"listed", "1"}}).status == 303);
    auto const page = joel.get(url);
    CHECK(page.status == 200);
    CHECK(page.has("noindex"));
    CHECK(page.has("Here since this month."));
    CHECK_FALSE(page.has("Only you"));
    CHECK(joel.get_json(url).json().at("member").at("name") == "Maya");
    CHECK(joel.get("/members").has(url));
    CHECK(joel.get_json("/members").json().at("items").as_array().size() == 1);
}

TEST_CASE("in one press one is off the list") {
    MembersSite site;
    list(site, site.add("Ada"));
    site.add("Lea");
    auto lea = site.sign_in("Lea");
    CHECK(lea.get("/members").has("Ada"));
    CHECK(site.sign_in("Ada").post("/settings/profile/hide").status == 303);
    CHECK_FALSE(lea.get("/members").has("Ada"));
}

TEST_CASE("who leads is seen by every member, and so is who published something") {
    MembersSite site;
    auto const ines = site.add("Ines", Role::guide);
    auto const maya = site.add("Maya");
    site.add("Joel");
    auto joel = site.sign_in("Joel");
    CHECK(joel.get(url_of(site, ines)).has("Guide"));
    CHECK(joel.get("/members").has("Ines"));
    site.write([&](database::Write& write) { set_author(write, maya, true); });
    CHECK(joel.get(url_of(site, maya)).status == 200);
    CHECK_FALSE(joel.get("/members").has("Maya"));
    site.write([&](database::Write& write) { set_author(write, maya, false); });
    CHECK(joel.get(url_of(site, maya)).status == 404);
}

TEST_CASE("a page says where its member can be written to, where letters are taken") {
    MembersSite site;
    auto const ines = site.add("Ines", Role::guide);
    auto const sol = site.add("Sol", Role::guide);
    site.add("Joel");
    auto joel = site.sign_in("Joel");
    CHECK_FALSE(joel.get(url_of(site, ines)).has("Reach out in private"));
    auto const taken = joel.get_json(url_of(site, ines)).json().at("member").at("id").as_string();
    site.site().hooks.reach_out_url =
        [id = std::string(taken)](web::Call&, PublicId const& asked) -> std::optional<std::string> {
        if (asked.text() != id) return std::nullopt;
        return "/guides/" + id + "/reach-out";
    };
    CHECK(
        joel.get(url_of(site, ines)).has("href=\"/guides/" + std::string(taken) + "/reach-out\""));
    CHECK_FALSE(joel.get(url_of(site, sol)).has("Reach out in private"));
}

TEST_CASE("who is apart finds nothing of the other: page, list, picture") {
    MembersSite site;
    auto const maya = site.add("Maya");
    auto const joel = site.add("Joel");
    list(site, maya);
    list(site, joel);
    let_decode(site);
    auto self = site.sign_in("Maya");
    REQUIRE(upload(self, jpeg()).status == 303);
    auto other = site.sign_in("Joel");
    auto const url = url_of(site, maya);
    CHECK(other.get(url + "/avatar").status == 200);
    separate(site, maya, joel);
    auto const missing = other.get("/members/" + PublicId::make(site.site().random).text());
    CHECK(other.get(url).body == missing.body);
    CHECK(other.get(url + "/avatar").status == 404);
    CHECK_FALSE(other.get("/members").has("Maya"));
    CHECK_FALSE(self.get("/members").has("Joel"));
    CHECK(self.get("/members").has("Maya"));
}

TEST_CASE("the list of people ends, page by page, each person once") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.write([&](database::Write& write) {
            for (int i = 0; i < 120; ++i) {
                NewMember member{.public_id = PublicId::make(site.site().random),
                                 .name = "Person " + std::to_string(i % 7)};
                member.joined_at = site.site().now();
                auto const id = add_member(write, member);
                set_own_words(write, id, {member.name, "", "", true});
            }
        });
        site.add("Joel");
        auto joel = site.sign_in("Joel");
        std::set<std::string> seen;
        std::string path = "/members";
        int pages = 0;
        while (!path.empty()) {
            auto const page = joel.get_json(path).json();
            for (auto const& item : page.at("items").as_array())
                CHECK(seen.insert(std::string(item.at("member").at("id").as_string())).second);
            auto const* next = page.as_object().if_contains("next_url");
            path = next != nullptr && next->is_string() ? std::string(next->as_string()) : "";
            ++pages;
        }
        CHECK(pages == 3);
        CHECK(seen.size() == 120);
        CHECK(joel.get("/members?after=forged").status == 400);
    }
}

TEST_CASE("whoever chose no language reads the community's, after their browser's") {
    MembersSite site;
    site.add("Maya", Role::member, "maya@example.org");
    site.set([](Community& house) { house.language = "de"; });
    auto stranger = site.stranger();
    auto maya = site.sign_in("Maya");
    CHECK(stranger.get("/agreement").has("lang=\"de\""));
    CHECK(maya.get("/settings").has("lang=\"de\""));
    CHECK(stranger.get("/nothing/here").has("lang=\"de\""));
    for (auto* browser : {&stranger, &maya}) {
        browser->headers["accept-language"] = "fr";
        CHECK(browser->get("/agreement").has("lang=\"de\""));
        browser->headers["accept-language"] = "en-GB, fr";
        CHECK(browser->get("/agreement").has("lang=\"en\""));
    }
    auto asking = site.stranger();
    asking.headers["accept-language"] = "en";
    asking.post("/sign-in/link", {{"email", "maya@example.org"}});
    CHECK(site.mails().back().subject == "Dein Link");
    site.set([](Community& house) { house.language = "en"; });
    asking.post("/sign-in/link", {{"email", "maya@example.org"}});
    CHECK(site.mails().back().subject == "Your link");
}

TEST_CASE("a new name of whoever ended a page, apart or not, moves nothing on the next") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        std::vector<Id<Member>> people;
        site.write([&](database::Write& write) {
            for (int i = 0; i < 60; ++i) {
                NewMember member{.public_id = PublicId::make(site.site().random),
                                 .name = "Person " + std::to_string(10 + i)};
                people.push_back(add_member(write, member));
                set_own_words(write, people.back(), {member.name, "", "", true});
            }
        });
        auto const joel = site.add("Joel", Role::host);
        auto browser = site.sign_in("Joel");
        // Joel leads, so he is on both lists: the page ends with the 49th of the others.
        auto const last = people.at(limits::page_items - 2);
        for (std::string const path : {"/members", "/host/members"}) {
            CAPTURE(path);
            auto const page = browser.get_json(path).json();
            auto const& items = page.at("items").as_array();
            REQUIRE(items.size() == limits::page_items);
            auto const url = std::string(items.back().at("member").at("url").as_string());
            CHECK(url == url_of(site, last));
            auto const next = std::string(page.at("next_url").as_string());
            auto const before = browser.get_json(next).body;
            site.write([&](database::Write& write) {
                set_own_words(write, last, {"Zoe", "", "", false});
            });
            auto const renamed = browser.get_json(next).json().at("items").as_array();
            CHECK(renamed.at(0).at("member").at("name") == "Person 59");
            separate(site, joel, last);
            CHECK(browser.get_json(next).body == before);
            site.write([&](database::Write& write) {
                set_own_words(write, last, {"Person 58", "", "", true});
                database::execute(write, "delete from separations");
            });
        }
    }
}

TEST_CASE("what one says of oneself is checked, kept when it is wrong, and shown") {
    MembersSite site;
    auto const maya = site.add("Maya");
    auto self = site.sign_in("Maya");
    auto const wrong = self.post(
        "/settings/profile",
        {{"name", "  "}, {"pronouns", "she"}, {"about", std::string(2001, 'x')}, {"listed", "1"}});
    CHECK(wrong.status == 422);
    CHECK(wrong.has("xxxxxxxx"));
    CHECK(wrong.has("value=\"she\""));
    CHECK(wrong.has("name=\"listed\" value=\"1\" aria-describedby=\"listed-hint\" checked"));
    CHECK(wrong.has("aria-invalid"));
    self.post(
        "/settings/profile",
        {{"name", " Søren "}, {"pronouns", "they"}, {"about", "I *bake*.\n\n<script>x</script>"}});
    auto const page = self.get(url_of(site, maya));
    CHECK(page.has("Søren"));
    CHECK(page.has("<em>bake</em>"));
    CHECK_FALSE(page.has("<script>x"));
    CHECK(self.get_json("/settings/profile").json().at("name").at("value") == "Søren");
    CHECK(site.stranger().post("/settings/profile", {{"name", "x"}}).status == 401);
}

TEST_CASE("a picture is encoded anew, shown to members, and its file goes when it goes") {
    MembersSite site;
    let_decode(site);
    auto const maya = site.add("Maya");
    site.add("Joel");
    auto self = site.sign_in("Maya");
    CHECK(upload(self, "no picture").status == 422);
    CHECK(self.post("/settings/profile/picture").status == 422);
    REQUIRE(upload(self, jpeg()).status == 303);
    auto const url = url_of(site, maya) + "/avatar";
    auto const shown = self.get(url);
    CHECK(shown.status == 200);
    CHECK(shown.header("content-type") == "image/jpeg");
    CHECK(shown.header("cache-control") == "private, no-store");
    CHECK(self.get("/settings/profile").has(url));
    // Beside what she writes, every member sees it; a stranger never.
    CHECK(site.sign_in("Joel").get(url).status == 200);
    CHECK(site.stranger().get(url).status == 404);
    auto const file = site.write([&](database::Write& write) {
        return member_by_id(write, Viewer::server(), maya)->avatar.value();
    });
    CHECK(site.site().files.get(file).has_value());
    CHECK(self.post("/settings/profile/picture/remove").status == 303);
    site.test().house().run_due_jobs();
    CHECK_FALSE(site.site().files.get(file).has_value());
    CHECK(self.get(url).status == 404);
}

TEST_CASE("a picture whose deed fails leaves no file behind") {
    MembersSite site;
    let_decode(site);
    site.add("Maya");
    auto self = site.sign_in("Maya");
    site.site().database.finish_writing();
    CHECK(upload(self, jpeg()).status == 503);
    auto const files = site.test().directory.path / "files";
    auto const is_file = [](auto const& entry) { return entry.is_regular_file(); };
    // The folder shows that the file was there.
    REQUIRE(std::filesystem::exists(files));
    CHECK(std::ranges::none_of(std::filesystem::recursive_directory_iterator(files), is_file));
}

TEST_CASE("pictures are done apart from passwords, and only so many of one member") {
    MembersSite site;
    let_decode(site);
    site.add("Maya");
    auto self = site.sign_in("Maya");
    std::promise<void> go;
    auto const gone = go.get_future().share();
    for (std::size_t i = 0; i < limits::file_works_at_once + limits::file_works_waiting_max; ++i)
        while (!site.site().file_pool.try_post([gone] { gone.wait(); })) std::this_thread::yield();
    // As if others' pictures took for ever: sending one is refused, signing in is not.
    CHECK(upload(self, jpeg()).status == 429);
    site.sign_in("Maya");
    go.set_value();
    for (unsigned i = 1; i < limits::profile_pictures_max; ++i)
        CHECK(upload(self, "no picture").status == 422);
    CHECK(upload(self, "no picture").status == 429);
    site.add("Joel");
    auto joel = site.sign_in("Joel");
    CHECK(upload(joel, "no picture").status == 422);
}

TEST_CASE("how one reads is kept and holds for the next page") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        site.add("Maya");
        auto self = site.sign_in("Maya");
        auto const page = self.get("/settings/reading");
        CHECK(page.has("Deutsch"));
        CHECK(page.has("Europe/Berlin"));
        CHECK(self.post("/settings/reading", {{"language", "tlh"}, {"zone", "Mars/Here"}}).status ==
              422);
        self.post("/settings/reading", {{"language", "de"},
                                        {"zone", "Europe/Berlin"},
                                        {"theme", "dark"},
                                        {"plain_letters", "1"},
                                        {"discreet", "1"}});
        auto const after = self.get("/settings/reading");
        CHECK(after.has("lang=\"de\""));
        CHECK(after.has("data-theme=\"dark\""));
        CHECK(after.has("data-letters=\"plain\""));
        CHECK(after.has("data-discreet"));
        CHECK_FALSE(after.has("<title>Wie du liest"));
        auto const json = self.get_json("/settings/reading").json();
        CHECK(json.at("theme") == "dark");
        CHECK(json.at("zone").at("value") == "Europe/Berlin");
    }
}

TEST_CASE("every setting is found from one page, and only pages that are there") {
    MembersSite site;
    site.add("Maya");
    auto self = site.sign_in("Maya");
    auto const page = self.get("/settings");
    for (auto const* path :
         {"/settings/profile", "/settings/reading", "/settings/sign-in", "/settings/sessions",
          "/agreement", "/settings/copy", "/settings/erase", "/leave"}) {
        CHECK(page.has("href=\"" + std::string(path) + "\""));
        CHECK(self.get(path).status == 200);
    }
    for (auto const* elsewhere : {"/settings/reach-out", "/reach-outs", "/thanks"})
        CHECK_FALSE(page.has(elsewhere));
    CHECK_FALSE(page.has("/invitations"));
    CHECK(site.stranger().get("/settings").status == 303);
}
