#include <doctest/doctest.h>

#include "talk/comment_views.hpp"
#include "talk/talk_rules.hpp"

namespace kith::talk {
namespace {

TEST_CASE("words that others read may be changed for as long as the host allows") {
    using namespace std::chrono_literals;
    Time const then{};
    CHECK(words_are_open(State::published, then, then + 23h, 24));
    CHECK_FALSE(words_are_open(State::published, then, then + 24h, 24));
    CHECK_FALSE(words_are_open(State::published, then, then, 0));
    CHECK(words_are_open(State::held, then, then + 100h, 24));
    CHECK(words_are_open(State::refused, then, then + 100h, 0));
}

TEST_CASE("a first comment is held where the host wants it, a steward's never") {
    HoldPolicy const first{true, false};
    CHECK(state_of_new(first, {Role::member, false}, "<p>Hello</p>") == State::held);
    CHECK(state_of_new(first, {Role::member, true}, "<p>Hello</p>") == State::published);
    CHECK(state_of_new(first, {Role::stranger, false}, "<p>Hello</p>") == State::held);
    CHECK(state_of_new(first, {Role::steward, false}, "<p>Hello</p>") == State::published);
    CHECK(state_of_new({}, {Role::member, false}, "<p>Hello</p>") == State::published);
}

TEST_CASE("a comment with a link is held where the host wants it") {
    HoldPolicy const links{false, true};
    Standpoint const known{Role::member, true};
    CHECK(state_of_new(links, known, R"(<p><a href="https://a.example">a</a></p>)") == State::held);
    CHECK(state_of_new(links, known, "<p>&lt;a href</p>") == State::published);
}

TEST_CASE("an edit that puts a link in is held, and an edit releases nothing") {
    HoldPolicy const links{false, true};
    Standpoint const known{Role::member, true};
    std::string_view const link = R"(<p><a href="https://a.example">a</a></p>)";
    CHECK(state_after_edit(State::published, links, known, link) == State::held);
    CHECK(state_after_edit(State::published, {}, known, link) == State::published);
    CHECK(state_after_edit(State::held, {}, known, "<p>plain</p>") == State::held);
    CHECK(state_after_edit(State::refused, {}, known, "<p>plain</p>") == State::held);
}

TEST_CASE("only its author sees why a comment isn't there") {
    CHECK(standing_of(State::held, true) == Standing::held);
    CHECK(standing_of(State::held, false) == Standing::put_aside);
    CHECK(standing_of(State::refused, true) == Standing::refused);
    CHECK(standing_of(State::refused, false) == Standing::put_aside);
    CHECK(standing_of(State::deleted, true) == Standing::taken_back);
}

TEST_CASE("each audience holds its author and those it names") {
    Id<Member> const author{7};
    Viewer const stranger = Viewer::stranger();
    Viewer const member{Id<Member>{8}, Role::host};
    Viewer const self{author, Role::member};
    CHECK(admits(Audience::anyone, stranger, author));
    CHECK_FALSE(admits(Audience::members, stranger, author));
    CHECK(admits(Audience::members, member, author));
    CHECK_FALSE(admits(Audience::author, member, author));
    CHECK(admits(Audience::author, self, author));
    CHECK_FALSE(admits(Audience::nobody, self, author));
}

TEST_CASE("a place that is only kept shows nothing of who or what stood there") {
    CommentRow row;
    row.public_id = *PublicId::parse("AAAAAAAAAAAAAAAAAAAAAA");
    row.author = Id<Member>{7};
    row.member_id = *PublicId::parse("BAAAAAAAAAAAAAAAAAAAAA");
    row.member_name = "Kwame";
    row.html = "<p>words</p>";
    row.content_note = "a note";
    row.state = State::deleted;
    for (auto const viewer : {Viewer{Id<Member>{7}, Role::member}, Viewer::stranger()}) {
        auto const view = view_of(row, row.public_id, {viewer, "/x"});
        CHECK(view.standing == Standing::taken_back);
        CHECK(view.name.empty());
        CHECK_FALSE(view.author.has_value());
        CHECK(view.html.text.empty());
        CHECK_FALSE(view.content_note.has_value());
        CHECK_FALSE(view.reply_url.has_value());
        CHECK_FALSE(view.own);
    }
}

TEST_CASE("acts are offered to those who may do them") {
    CommentRow row;
    row.public_id = *PublicId::parse("AAAAAAAAAAAAAAAAAAAAAA");
    row.author = Id<Member>{7};
    row.member_id = *PublicId::parse("BAAAAAAAAAAAAAAAAAAAAA");
    row.member_name = "Kwame";
    auto const as = [&](Viewer const& viewer) {
        return view_of(row, row.public_id, {viewer, "/x"});
    };
    CHECK(as({Id<Member>{7}, Role::member}).own);
    CHECK_FALSE(as({Id<Member>{8}, Role::member}).may_hold);
    CHECK(as({Id<Member>{8}, Role::steward}).may_hold);
    CHECK(as({Id<Member>{8}, Role::member}).reply_url == "/x?reply=AAAAAAAAAAAAAAAAAAAAAA#reply");
}

}  // namespace
}  // namespace kith::talk
