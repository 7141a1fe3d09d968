#include <doctest/doctest.h>

#include <algorithm>

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "postgres.hpp"
#include "talk/quotes.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using testing::ids_of;
using testing::Person;
using testing::TalkSite;

struct Quoting {
    explicit Quoting(std::string const& url = {}) : site(url) {}

    std::string quote(Person const& author, std::string const& comment, std::string const& words) {
        auto const markdown = quote_of("x", *PublicId::parse(comment), words);
        return site.post(author, discussion, markdown + "my answer");
    }
    std::vector<std::string> seen(tests::Browser& browser) const {
        return ids_of(browser.get_json(path).json());
    }

    TalkSite site;
    Person ada = site.person("Ada");
    Person hal = site.person("Hal [the tall]");
    Person lea = site.person("Lea");
    PublicId discussion = site.discussion(ada);
    std::string path = "/test/" + discussion.text();
    tests::Browser ada_browser = site.browser_of(ada);
    tests::Browser hal_browser = site.browser_of(hal);
    tests::Browser lea_browser = site.browser_of(lea);
};

using Ids = std::vector<std::string>;

TEST_CASE("a quote is a block that leads to the comment, without what that one quoted") {
    auto const id = *PublicId::parse("AAAAAAAAAAAAAAAAAAAAAA");
    auto const quote = quote_of("Hal [x]", id, "> older\r\nOne\r\n\r\nTwo");
    CHECK(quote == "> [Hal \\[x\\]](/comments/AAAAAAAAAAAAAAAAAAAAAA):\n> One\n>\n> Two\n\n");
    auto const html = render_markdown(quote + "mine", MarkdownKind::comment);
    CHECK(comments_linked(html) == std::vector{id});
    CHECK(without_quote(html, id) == "\n<p>mine</p>\n");
    CHECK_FALSE(without_quote("<p>mine</p>", id).has_value());
    auto const plain = "<p><a href=\"/comments/" + id.text() + "\">a link</a></p>";
    CHECK_FALSE(without_quote(plain, id).has_value());
    CHECK(without_quote(plain + "<blockquote>" + plain + "</blockquote>", id) == plain);
    auto const nested = "<p>a</p><blockquote>x<blockquote>y" + plain +
                        "</blockquote></blockquote><blockquote>z</blockquote>";
    CHECK(without_quote(nested, id) == "<p>a</p><blockquote>z</blockquote>");
}

TEST_CASE("a comment is quoted without JavaScript, by a link to the form") {
    Quoting s;
    auto const posted = s.hal_browser.post_json(
        s.path + "/comments", {{"body", "It *rained*"}, {"content_note", "weather"}});
    auto const comment = std::string(posted.json().at("id").as_string());
    auto const item = s.ada_browser.get_json(s.path).json().at("comments").at("items").at(0);
    auto const link = std::string(item.at("quote_url").as_string());
    CHECK(link == s.path + "?reply=" + comment + "&quote=" + comment + "#reply");
    auto const form = s.ada_browser.get(link.substr(0, link.find('#')));
    CHECK(form.has("&gt; [Hal \\[the tall\\]](/comments/" + comment + "):\n&gt; It *rained*"));
    CHECK(form.has("value=\"weather\""));
    CHECK(form.has("Reply to Hal"));
    auto stranger = s.site.site.browser();
    CHECK_FALSE(stranger.get(s.path).has("quote="));
    // What can't be seen can't be quoted: the form begins empty, as for nothing.
    s.site.keep_apart(s.hal, s.lea);
    auto const hidden = s.lea_browser.get_json(s.path + "?quote=" + comment);
    auto const told = hidden.json();
    CHECK(told.at("comments").at("composer").at("body").at("value").as_string().empty());
    CHECK_FALSE(hidden.has("weather"));
}

TEST_CASE("a quote of someone apart hides the comment and all that is under it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Quoting s(fresh.url);
        auto const hals = s.site.post(s.hal, s.discussion, "Hal's words");
        auto const quoting = s.quote(s.ada, hals, "Hal's words");
        auto const again = s.quote(s.ada, quoting, "my answer");
        auto const under = s.site.post(s.ada, s.discussion, "under it", again);
        auto const plain = s.site.post(s.ada, s.discussion, "plain");
        CHECK(s.seen(s.lea_browser) == Ids{hals, quoting, again, under, plain});
        s.site.keep_apart(s.hal, s.lea);
        CHECK(s.seen(s.lea_browser) == Ids{plain});
        for (auto const& hidden : {quoting, again, under}) {
            CHECK(s.lea_browser.get("/comments/" + hidden).status == 404);
            CHECK(s.lea_browser.get("/comments/" + hidden + "/history").status == 404);
        }
        CHECK(s.seen(s.ada_browser).size() == 5);
        CHECK(s.seen(s.hal_browser).size() == 5);
        // Once hidden for a quote, a change of the words doesn't bring its history to light.
        CHECK(s.ada_browser.post("/comments/" + quoting + "/edit", {{"body", "no quote"}}).status ==
              303);
        CHECK(s.lea_browser.get("/comments/" + quoting + "/history").status == 404);
    }
}

TEST_CASE("words that are taken back are gone from where they were quoted") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Quoting s(fresh.url);
        auto const hals = s.site.post(s.hal, s.discussion, "Hal's words");
        auto const quoting = s.quote(s.ada, hals, "Hal's words");
        CHECK(s.lea_browser.get("/comments/" + quoting).status == 303);
        CHECK(s.hal_browser.post("/comments/" + hals + "/delete").status == 303);
        CHECK(s.seen(s.lea_browser) == Ids{quoting});
        auto const page = s.lea_browser.get(s.path);
        CHECK_FALSE(page.has("Hal's words"));
        CHECK_FALSE(page.has("Hal&#39;s words"));
        CHECK(page.has("Words that were quoted here have been taken back."));
        CHECK(page.has("my answer"));
        auto const alone = s.lea_browser.get_json("/comments/" + quoting);
        CHECK_FALSE(alone.has("words\\n"));
        CHECK(alone.json().at("quote_is_gone").as_bool());
        CHECK(s.ada_browser.post("/comments/" + quoting + "/edit", {{"body", "new"}}).status ==
              303);
        CHECK_FALSE(s.lea_browser.get("/comments/" + quoting + "/history").has("words</p>"));
    }
}

TEST_CASE("a quote is no link that a steward must read first") {
    Quoting s;
    s.site.change_community([](members::Community& c) { c.hold_links = true; });
    auto const hals = s.site.post(s.hal, s.discussion, "Hal's words");
    auto const quoting = s.quote(s.ada, hals, "Hal's words");
    CHECK(s.seen(s.lea_browser) == Ids{hals, quoting});
    auto const linking = s.site.post(s.ada, s.discussion, "https://elsewhere.example");
    CHECK(s.seen(s.lea_browser) == Ids{hals, quoting});
    CHECK(s.seen(s.ada_browser).back() == linking);
}

}  // namespace
}  // namespace kith::talk
