#include "essays/essay.hpp"

#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "base/refusal.hpp"

using namespace kith;
using namespace kith::essays;

TEST_CASE("a draft may be empty, what is published needs a title and a text") {
    check_essay({}, Completeness::draft);
    try {
        check_essay({}, Completeness::to_publish);
        FAIL("an empty essay was let through");
    } catch (Refusal const& refusal) {
        CHECK(refusal.status() == 422);
        REQUIRE(refusal.fields().size() == 2);
        CHECK(refusal.fields()[0].field == "title");
        CHECK(refusal.fields()[1].field == "body");
    }
}

TEST_CASE("each part of an essay has its limit") {
    auto const refused = [](std::string EssayWords::*part, std::size_t length) {
        EssayWords words;
        words.*part = std::string(length, 'a');
        try {
            check_essay(words, Completeness::draft);
            return std::string();
        } catch (Refusal const& refusal) {
            return refusal.fields().at(0).field;
        }
    };
    CHECK(refused(&EssayWords::title, limits::title_characters_max).empty());
    CHECK(refused(&EssayWords::title, limits::title_characters_max + 1) == "title");
    CHECK(refused(&EssayWords::summary, limits::summary_characters_max + 1) == "summary");
    CHECK(refused(&EssayWords::content_note, limits::content_note_characters_max + 1) ==
          "content_note");
    CHECK(refused(&EssayWords::body, limits::essay_bytes_max + 1) == "body");
}

TEST_CASE("an address is made of the title and chance, so that none is ever taken") {
    SystemRandom random;
    auto const one = make_slug("Why We Still Need Each Other", random);
    auto const two = make_slug("Why We Still Need Each Other", random);
    CHECK(one.starts_with("why-we-still-need-each-other-"));
    CHECK(one != two);
    CHECK(is_slug_of(one, "Why we still need each other!"));
    CHECK_FALSE(is_slug_of(one, "Why we need each other"));
    CHECK_FALSE(is_slug_of(one, "Why we still need each"));
}

TEST_CASE("an essay under a content note shows none of its words unasked") {
    auto const open = make_ready({" A ", "", "", "First words. More."}, "Note:");
    CHECK(open.words.title == "A");
    CHECK(open.excerpt.starts_with("First words"));
    CHECK(open.html.find("<p>") != std::string::npos);
    auto const folded = make_ready({"", "", "loss", "First words."}, "Note:");
    CHECK(folded.excerpt.empty());
}

TEST_CASE("comments follow their essay's audience") {
    using talk::Audience;
    CHECK(comments_audience(EssayState::published, EssayAudience::anyone) == Audience::anyone);
    CHECK(comments_audience(EssayState::published, EssayAudience::members) == Audience::members);
    CHECK(comments_audience(EssayState::draft, EssayAudience::anyone) == Audience::author);
    CHECK(comments_audience(EssayState::withdrawn, EssayAudience::anyone) == Audience::author);
}
