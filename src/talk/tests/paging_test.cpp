// A conversation of ten thousand comments: wherever one comes in, a page is a page.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "postgres.hpp"
#include "statement_steps.hpp"
#include "talk/comment_store.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using testing::ids_of;
using testing::Person;
using testing::TalkSite;

/// The page's own comments, without the one that only shows what its first replies answer.
std::vector<std::string> walk(tests::Browser& browser, std::string path, std::string_view way) {
    std::vector<std::string> seen;
    for (int pages = 0; pages < 20; ++pages) {
        auto const page = browser.get_json(path.substr(0, path.find('#'))).json();
        auto ids = ids_of(page);
        auto const at = way == "next_url" ? seen.end() : seen.begin();
        seen.insert(at, ids.begin(), ids.end());
        auto const& url = page.at("comments").at(way);
        if (!url.is_string()) return seen;
        path = std::string(url.as_string());
    }
    throw std::runtime_error("the pages don't end");
}

struct Long {
    explicit Long(std::string const& url = {}) : site(url) {}

    /// Adds comments without a form each, in one deed.
    void fill(int threads, int replies_each) {
        site.site.database().write_now([&](database::Write& write) {
            auto const row = find_discussion(write, Viewer::server(), discussion);
            for (int i = 0; i < threads; ++i) {
                auto const thread = add_one(write, row->id, ada, {});
                for (int k = 0; k < replies_each; ++k) add_one(write, row->id, ben, thread);
            }
        });
    }

    Id<Comment> add_one(database::Write& write, Id<Discussion> in, Person const& author,
                        Id<Comment> thread) {
        CommentToAdd comment;
        comment.public_id = PublicId::make(site.site.random);
        comment.discussion = in;
        if (thread) comment.parent = thread;
        if (thread) comment.thread_author = ada.id;
        comment.author = author.id;
        comment.markdown = "words";
        comment.html = "<p>words</p>";
        all.push_back(comment.public_id.text());
        return *add(write, comment);
    }

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    PublicId discussion = site.discussion(ada);
    std::string path = "/test/" + discussion.text();
    std::vector<std::string> all;  ///< in the order of pages
    tests::Browser browser = site.browser_of(ben);
};

TEST_CASE("pages lead on to the end and back to the beginning, each comment once") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Long s(fresh.url);
        s.fill(171, 0);
        CHECK(walk(s.browser, s.path, "next_url") == s.all);
        auto const newest = s.browser.get_json(s.path + "?comments=newest").json();
        auto const last = ids_of(newest);
        REQUIRE(last.size() == limits::page_items);
        CHECK(std::equal(last.begin(), last.end(), s.all.end() - limits::page_items));
        CHECK(newest.at("comments").at("live_url").is_string());
        CHECK(newest.at("comments").at("next").is_null());
        auto const back = walk(s.browser, s.path + "?comments=newest", "previous_url");
        // The page at the beginning is always a full one, so that it may share some with the next.
        REQUIRE(back.size() >= s.all.size());
        CHECK(std::equal(s.all.rbegin(), s.all.rend() - limits::page_items, back.rbegin()));
        CHECK(std::equal(s.all.begin(), s.all.begin() + limits::page_items, back.begin()));
    }
}

TEST_CASE("a link leads into the middle, with a few comments before it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Long s(fresh.url);
        s.fill(3, 100);
        for (std::size_t const at : {0U, 30U, 49U, 50U, 51U, 150U, 302U}) {
            CAPTURE(at);
            auto const link = s.browser.get("/comments/" + s.all[at]);
            REQUIRE(link.status == 303);
            auto const to = link.header("location");
            CHECK((to.find("comments=") == std::string::npos) == (at < limits::page_items));
            auto const page = s.browser.get(to.substr(0, to.find('#')));
            CHECK(page.has("id=\"c-" + s.all[at] + "\""));
            if (at >= limits::page_items) {
                CHECK(page.has("id=\"c-" + s.all[at - limits::page_items_before_linked] + "\""));
                CHECK(page.has("Earlier comments"));
                CHECK(page.has("Back to the first comments"));
            }
        }
        CHECK(s.browser.get(s.path).has("The newest comments"));
        CHECK_FALSE(s.browser.get(s.path + "?comments=newest").has("The newest comments"));
    }
}

TEST_CASE("a cursor is its viewer's own, and only of this conversation") {
    Long s;
    s.fill(60, 0);
    auto const next =
        std::string(s.browser.get_json(s.path).json().at("comments").at("next").as_string());
    CHECK(s.browser.get(s.path + "?comments=" + next).status == 200);
    auto stranger = s.site.site.browser();
    CHECK(stranger.get(s.path + "?comments=" + next).status == 400);
    CHECK(s.browser.get(s.path + "?comments=oldest").status == 400);
    auto const other = "/test/" + s.site.discussion(s.ada).text();
    CHECK(s.browser.get(other + "?comments=" + next).status == 400);
    CHECK(s.browser.get(other + "?comments=newest").status == 200);
}

/// The steps of the first page, of those after and before the middle, and of the last.
std::array<std::size_t, 4> steps_of_pages(int threads, int replies_each) {
    Long s;
    s.fill(threads, replies_each);
    tests::CountedSession session("sqlite://" + (s.site.site.directory.path / "kith.db").string());
    Viewer const viewer{s.ben.id, Role::member};
    Id<Discussion> in;
    PagePlace middle;
    s.site.site.database().read([&](database::Read& read) {
        auto const id = PublicId::parse(s.all[s.all.size() / 2]);
        auto const comment = find_comment(read, viewer, *id);
        in = comment->discussion;
        middle = {comment->parent.value_or(comment->id), comment->id};
    });
    auto const steps = [&](auto const& page, PagePlace place) {
        return session.steps_of([&](database::Read& read) {
            CHECK(page(read, viewer, in, place, limits::page_items).size() == limits::page_items);
        });
    };
    return {steps(comments_after, {}), steps(comments_after, middle),
            steps(comments_before, middle), steps(comments_before, PagePlace::end())};
}

TEST_CASE("a page takes as many steps among ten thousand comments as among two hundred") {
    auto const compare = [](std::array<std::size_t, 4> few, std::array<std::size_t, 4> many) {
        for (std::size_t i = 0; i < few.size(); ++i) {
            CAPTURE(i);
            CHECK(few[i] > 0);
            CHECK(many[i] <= few[i] + few[i] / 10);
        }
    };
    compare(steps_of_pages(200, 0), steps_of_pages(10'000, 0));
    compare(steps_of_pages(1, 200), steps_of_pages(1, 10'000));
    compare(steps_of_pages(40, 4), steps_of_pages(2'000, 4));
}

}  // namespace
}  // namespace kith::talk
