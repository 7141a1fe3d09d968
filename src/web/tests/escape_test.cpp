#include "web/escape.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kith::web {
namespace {

// Text is looked through in pieces of 16 and of 8 characters, and what is shorter one by one.
constexpr std::size_t longest = 50;

std::string escaped(std::string_view text) {
    std::string out = "before ";
    append_escaped(out, text);
    return out;
}

TEST_CASE("text without anything to escape stays as it is, however long") {
    for (std::size_t size = 0; size <= longest; ++size) {
        std::string const text(size, 'a');
        CHECK(escaped(text) == "before " + text);
    }
}

TEST_CASE("a character that means something in HTML is escaped wherever it stands") {
    for (auto const& [character, reference] :
         {std::pair('&', "&amp;"), std::pair('<', "&lt;"), std::pair('>', "&gt;"),
          std::pair('"', "&quot;"), std::pair('\'', "&#39;")}) {
        for (std::size_t size = 1; size <= longest; ++size) {
            for (std::size_t at = 0; at < size; ++at) {
                CAPTURE(size);
                CAPTURE(at);
                std::string text(size, '\xFF');
                text[at] = character;
                auto const expected = "before " + std::string(at, '\xFF') + reference +
                                      std::string(size - at - 1, '\xFF');
                CHECK(escaped(text) == expected);
            }
        }
    }
    CHECK(escaped("<&>\"'") == "before &lt;&amp;&gt;&quot;&#39;");
}

}  // namespace
}  // namespace kith::web
