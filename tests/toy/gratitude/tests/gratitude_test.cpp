#include <doctest/doctest.h>

#include "gratitude/gratitude_slice.hpp"
#include "test_site.hpp"

namespace kith::gratitude {
namespace {

/// "X-Member: 7" is a session here; the real ones live in members/.
web::SiteHooks hooks() {
    web::SiteHooks hooks;
    hooks.recognise = [](web::Site&, database::Read&, web::HttpRequest const& request, Time now) {
        web::Visitor visitor;
        auto const member = request.header("x-member");
        if (member.empty()) return visitor;
        visitor.viewer = {Id<Member>{std::stoll(std::string(member))}, Role::member};
        visitor.agreement_accepted = request.header("x-agreed") != "no";
        visitor.authenticated_at = now;
        return visitor;
    };
    hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
    hooks.furnish = [](web::Call&, web::Shell& shell) { shell.community_name = "Test Street"; };
    return hooks;
}

std::vector<web::Slice> slices() {
    std::vector<web::Slice> slices;
    slices.push_back(gratitude_slice());
    return slices;
}

tests::Browser member(tests::TestSite const& site, std::string id) {
    auto browser = site.browser();
    browser.headers["x-member"] = std::move(id);
    return browser;
}

TEST_CASE("a capability is one folder: routes, page, words, table and both faces work") {
    tests::TestSite site(slices(), hooks());
    auto anna = member(site, "1");

    auto const kept = anna.post("/gratitude", {{"words", "the <b>36</b> waited for me"}});
    CHECK(kept.status == 303);
    auto const page = anna.get("/gratitude");
    CHECK(page.status == 200);
    CHECK(page.has("the &lt;b&gt;36&lt;/b&gt; waited for me"));
    CHECK(page.has("What was good today"));

    auto const made = anna.post_json("/gratitude", {{"words", "soup"}});
    CHECK(made.status == 201);
    auto const notes = anna.get_json("/gratitude").json().at("notes").as_array();
    REQUIRE(notes.size() == 2);
    CHECK(notes[0].at("words") == "soup");
}

TEST_CASE("another member sees none of it, and a stranger is asked to sign in") {
    tests::TestSite site(slices(), hooks());
    member(site, "1").post("/gratitude", {{"words", "mine"}});

    CHECK_FALSE(member(site, "2").get("/gratitude").has("mine"));
    auto stranger = site.browser();
    CHECK(stranger.get("/gratitude").header("location") == "/sign-in?then=%2Fgratitude");
    CHECK(stranger.get_json("/gratitude").status == 401);
    auto const ended = stranger.post("/gratitude", {{"words", "typed before the session ended"}});
    CHECK(ended.status == 401);
    CHECK(ended.has("typed before the session ended"));
}

TEST_CASE("a mistake keeps what was typed, in both faces") {
    tests::TestSite site(slices(), hooks());
    auto anna = member(site, "1");
    std::string const long_words(300, 'x');

    auto const page = anna.post("/gratitude", {{"words", long_words}});
    CHECK(page.status == 422);
    CHECK(page.has(long_words));
    CHECK(page.has("aria-invalid"));
    auto const problem = anna.post_json("/gratitude", {{"words", " "}});
    CHECK(problem.status == 422);
    CHECK(problem.header("content-type") == "application/problem+json");
    CHECK(problem.json().at("error").at("fields").at(0).at("field") == "words");
}

TEST_CASE("missing, hidden and not one's own are the same 404 to the byte") {
    tests::TestSite site(slices(), hooks());
    auto anna = member(site, "1");
    auto const missing = anna.get("/nothing-here");
    auto const other = anna.get("/nor/here");
    CHECK(missing.status == 404);
    CHECK(missing.body.size() > 100);
    CHECK(missing.body == other.body);
}

TEST_CASE("what is done too often is refused with when, and kept") {
    tests::TestSite site(slices(), hooks());
    auto anna = member(site, "1");
    for (int i = 0; i < 10; ++i)
        REQUIRE(anna.post("/gratitude", {{"words", "again"}}).status == 303);
    auto const refused = anna.post("/gratitude", {{"words", "one too many"}});
    CHECK(refused.status == 429);
    CHECK(refused.header("retry-after") == "360");
    CHECK(refused.has("one too many"));
    CHECK(member(site, "2").post("/gratitude", {{"words", "mine"}}).status == 303);
    site.clock.move(std::chrono::minutes(6));
    CHECK(anna.post("/gratitude", {{"words", "later"}}).status == 303);
}

TEST_CASE("another site's page can't post") {
    tests::TestSite site(slices(), hooks());
    auto anna = member(site, "1");
    anna.headers["sec-fetch-site"] = "cross-site";
    CHECK(anna.post("/gratitude", {{"words", "forged"}}).status == 403);
    anna.headers["sec-fetch-site"] = "same-site";
    CHECK(anna.post("/gratitude", {{"words", "forged"}}).status == 403);
    CHECK_FALSE(member(site, "1").get("/gratitude").has("forged"));
}

TEST_CASE("an agreement that changed is accepted before posting") {
    tests::TestSite site(slices(), hooks());
    auto anna = member(site, "1");
    anna.headers["x-agreed"] = "no";
    auto const refused = anna.post("/gratitude", {{"words", "kept words"}});
    CHECK(refused.status == 409);
    CHECK(refused.has("kept words"));
    CHECK(anna.get("/gratitude").status == 200);
}

TEST_CASE("every answer carries the security headers") {
    tests::TestSite site(slices(), hooks());
    auto const reply = site.browser().get("/nothing-here");
    auto const policy = reply.header("content-security-policy");
    CHECK(policy.find("default-src 'none'; script-src 'self'") == 0);
    CHECK(policy.find("form-action 'self' https://weather.example") != std::string::npos);
    CHECK(reply.header("x-content-type-options") == "nosniff");
    CHECK(reply.header("referrer-policy") == "no-referrer");
    CHECK(reply.header("cache-control") == "private, no-store");
}

TEST_CASE("a body that is too large is refused before it is read") {
    tests::TestSite site(slices(), hooks());
    auto anna = member(site, "1");
    auto const refused = anna.post("/gratitude", {{"words", std::string(2'000'000, 'x')}});
    CHECK(refused.status == 413);
}

TEST_CASE("export holds a member's own notes and erasure takes them") {
    tests::TestSite site(slices(), hooks());
    member(site, "1").post("/gratitude", {{"words", "mine"}});
    member(site, "2").post("/gratitude", {{"words", "theirs"}});
    auto const slice = gratitude_slice();
    web::Archive archive;
    site.database().read([&](database::Read& read) {
        (*slice.export_for)(site.site(), read, Id<Member>{1}, archive);
    });
    REQUIRE(archive.entries().size() == 2);
    CHECK(archive.entries()[0].bytes.find("mine") != std::string::npos);
    CHECK(archive.entries()[0].bytes.find("theirs") == std::string::npos);
    site.database().write_now(
        [&](database::Write& write) { (*slice.erase_for)(write, Id<Member>{1}); });
    CHECK_FALSE(member(site, "1").get("/gratitude").has("mine"));
    CHECK(member(site, "2").get("/gratitude").has("theirs"));
}

}  // namespace
}  // namespace kith::gratitude
