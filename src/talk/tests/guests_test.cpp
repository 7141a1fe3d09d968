// Whoever has no account, or is taken for a guest.
#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "talk_site.hpp"

namespace kith::talk {
namespace {

using namespace std::chrono_literals;
using testing::ids_of;
using testing::Scene;

TEST_CASE("a stranger is asked to come in, and what they typed is kept") {
    Scene s;
    auto const page = s.stranger.get(s.path);
    CHECK(page.status == 200);
    CHECK(page.has("/sign-in?then="));
    CHECK_FALSE(page.has("id=\"reply\""));
    auto const posted = s.stranger.post(
        s.comments, {{"body", "my words"}, {"name", "Jo"}, {"email", "jo@example.org"}});
    CHECK(posted.status == 401);
    CHECK(posted.has("my words"));
}

TEST_CASE("a guest's comment appears once the link in their mail was confirmed") {
    Scene s;
    s.site.change_community([](members::Community& c) { c.guests_may_comment = true; });
    CHECK(s.stranger.get(s.path).has("name=\"email\""));
    CHECK(s.stranger.post(s.comments, {{"body", "hi"}, {"name", "Jo"}, {"email", "no"}}).status ==
          422);
    auto const posted = s.stranger.post(
        s.comments, {{"body", "guest words"}, {"name", "Jo"}, {"email", "jo@example.org"}});
    CHECK(posted.status == 303);
    CHECK_FALSE(s.stranger.get(s.path).has("guest words"));
    auto const mails = s.site.mails();
    REQUIRE(mails.size() == 1);
    CHECK(mails[0].to == "jo@example.org");
    CHECK(mails[0].forget_address);
    CHECK(mails[0].text.find("guest words") == std::string::npos);
    CHECK(mails[0].text.find("Jo") == std::string::npos);
    auto const at = mails[0].text.find("/comments/confirm/");
    auto const link = mails[0].text.substr(at, mails[0].text.find('\n', at) - at);
    auto const asked = s.stranger.get(link);
    CHECK(asked.has("guest words"));
    CHECK_FALSE(s.ada_browser.get(s.path).has("guest words"));  // a look confirms nothing
    CHECK(s.stranger.post(link).status == 303);
    auto const page = s.ada_browser.get(s.path);
    CHECK(page.has("guest words"));
    CHECK(page.has("(guest)"));
    CHECK_FALSE(page.has("jo@example.org"));
    CHECK(s.stranger.get("/comments/confirm/" + std::string(43, 'A')).status == 404);
    // Pressed twice, or opened once more: it is there, and there once.
    for (auto const& again : {s.stranger.post(link), s.stranger.get(link)}) {
        CHECK(again.status == 303);
        CHECK(again.header("location").find("said=talk.said_there_already") != std::string::npos);
        CHECK(s.stranger.follow(s.stranger.follow(again)).has("Your comment is here already."));
    }
    CHECK(ids_of(s.ada_browser.get_json(s.path).json()).size() == 1);
}

TEST_CASE("a guest's comment isn't published where comments were closed meanwhile") {
    Scene s;
    auto const let_guests = [&](bool yes) {
        s.site.change_community([&](members::Community& c) { c.guests_may_comment = yes; });
    };
    auto const close = [&](bool yes) {
        s.site.site.database().write_now([&](database::Write& write) {
            auto const row = find_discussion(write, Viewer::server(), s.discussion);
            set_audience(write, row->id, Audience::anyone, !yes);
        });
    };
    let_guests(true);
    CHECK(s.stranger
              .post(s.comments,
                    {{"body", "guest words"}, {"name", "Jo"}, {"email", "jo@example.org"}})
              .status == 303);
    auto const text = s.site.mails().front().text;
    auto const at = text.find("/comments/confirm/");
    auto const link = text.substr(at, text.find('\n', at) - at);
    close(true);
    CHECK(s.stranger.post(link).status == 409);
    close(false);
    let_guests(false);
    auto const refused = s.stranger.post(link);
    CHECK(refused.status == 409);
    CHECK(refused.has("takes no further comments"));
    CHECK_FALSE(s.ada_browser.get(s.path).has("guest words"));
    let_guests(true);
    CHECK(s.stranger.post(link).status == 303);
    CHECK(s.ada_browser.get(s.path).has("guest words"));
}

TEST_CASE("whoever's session ended long ago comments as the guest that the form takes them for") {
    Scene s;
    s.site.change_community([](members::Community& c) { c.guests_may_comment = true; });
    auto const name = std::string(members::session_cookie);
    s.stranger.cookies[name] = "ended-long-ago";
    CHECK(s.stranger.get(s.path).has("name=\"email\""));
    auto const posted =
        s.stranger.post(s.comments, {{"body", "hi"}, {"name", "Jo"}, {"email", "jo@example.org"}});
    CHECK(posted.status == 303);
    CHECK(s.site.mails().size() == 1);
    // The dead cookie goes with the answer.
    CHECK_FALSE(s.stranger.cookies.contains(name));
    // A member's form, which has no place for a name, still asks for sign-in.
    s.stranger.cookies[name] = "ended-long-ago";
    CHECK(s.stranger.post(s.comments, {{"body", "hi"}}).status == 401);
    CHECK(s.stranger.cookies.contains(name));
}

TEST_CASE("a guest's link ends, and guests are limited by network") {
    Scene s;
    s.site.change_community([](members::Community& c) { c.guests_may_comment = true; });
    tests::FormFields const words{{"body", "hi"}, {"name", "Jo"}, {"email", "jo@example.org"}};
    for (unsigned i = 0; i < limits::guest_comments_max; ++i)
        CHECK(s.stranger.post(s.comments, words).status == 303);
    auto const limited = s.stranger.post(s.comments, words);
    CHECK(limited.status == 429);
    CHECK(limited.has("hi"));
    auto const text = s.site.mails().front().text;
    auto const at = text.find("/comments/confirm/");
    auto const link = text.substr(at, text.find('\n', at) - at);
    s.site.site.clock.move(limits::comment_confirmation_age_max + 1s);
    CHECK(s.stranger.get(link).status == 404);
    CHECK(s.stranger.post(link).status == 404);
}

}  // namespace
}  // namespace kith::talk
