#include "essays/essay_diff.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/limits.hpp"

using namespace kith;
using namespace kith::essays;

namespace {

std::string told(std::vector<DiffPart> const& parts) {
    std::string out;
    for (auto const& part : parts) {
        if (part.fate == Fate::same) out += part.text;
        if (part.fate == Fate::removed) out += "[-" + part.text + "-]";
        if (part.fate == Fate::added) out += "{+" + part.text + "+}";
        if (part.fate == Fate::gap) out += "<…>";
    }
    return out;
}

std::string side(std::vector<DiffPart> const& parts, Fate left_out) {
    std::string out;
    for (auto const& part : parts)
        if (part.fate != left_out) out += part.text;
    return out;
}

}  // namespace

TEST_CASE("a difference tells words, as people read them") {
    CHECK(told(difference("It was a cup.", "It was a blue cup.")) == "It was a {+blue +}cup.");
    CHECK(told(difference("Come at seven.", "Come at eight.")) == "Come at [-seven.-]{+eight.+}");
    CHECK(told(difference("", "New.")) == "{+New.+}");
    CHECK(told(difference("Old.", "")) == "[-Old.-]");
    CHECK(told(difference("Same.", "Same.")) == "Same.");
    CHECK(difference("", "").empty());
}

TEST_CASE("a paragraph put between two leaves both as they are") {
    CHECK(told(difference("One.\n\nThree.", "One.\n\nTwo.\n\nThree.")) ==
          "One.\n\n{+Two.\n\n+}Three.");
    CHECK(told(difference("One.\n\nTwo.\n\nThree.", "One.\n\nThree.")) ==
          "One.\n\n[-Two.\n\n-]Three.");
}

TEST_CASE("a difference holds both texts, whatever they are") {
    rc::check("round trip", [] {
        auto const word = rc::gen::element<std::string>("a", "b", "c", " ", "\n", "\n\n", "ä");
        auto const pieces = rc::gen::container<std::vector<std::string>>(word);
        std::string before;
        std::string after;
        for (auto const& piece : *pieces) before += piece;
        for (auto const& piece : *pieces) after += piece;
        auto const parts = difference(before, after);
        RC_ASSERT(side(parts, Fate::added) == before);
        RC_ASSERT(side(parts, Fate::removed) == after);
    });
}

TEST_CASE("texts that differ everywhere are told as a whole, in bounded time") {
    std::string before;
    std::string after;
    for (std::size_t i = 0; i < 20'000; ++i) {
        before += "b" + std::to_string(i) + " ";
        after += "a" + std::to_string(i) + " ";
    }
    auto const parts = difference(before, after);
    CHECK(parts.size() <= 2 * limits::difference_steps_max);
    CHECK(side(parts, Fate::added) == before);
    CHECK(side(parts, Fate::removed) == after);
}

TEST_CASE("long same passages are left out but for the words beside a change") {
    std::string long_text;
    for (int i = 0; i < 400; ++i) long_text += "word" + std::to_string(i) + " ";
    auto const parts = shortened(difference(long_text + "end", long_text + "close"));
    REQUIRE(parts.size() == 4);
    CHECK(parts[0].fate == Fate::gap);
    CHECK(parts[1].fate == Fate::same);
    CHECK(parts[1].text.find("word399") != std::string::npos);
    CHECK(parts[1].text.find("word100") == std::string::npos);
    CHECK(parts[2] == DiffPart{Fate::removed, "end"});
    CHECK(parts[3] == DiffPart{Fate::added, "close"});
}
