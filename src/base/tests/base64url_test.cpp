#include "base/base64url.hpp"

#include <doctest/doctest.h>

#include <array>

namespace kith {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The bytes have one spelling, and it leads back to them.
bool is_the_spelling_of_its_bytes(std::string const& text) {
    auto const bytes = from_base64url(text);
    return bytes && to_base64url(*bytes) == text;
}

TEST_CASE("bytes have one spelling in base64url, and no other text is one") {
    CHECK(is_base64url(""));
    std::size_t of_two = 0;
    std::size_t of_three = 0;
    for (char const a : alphabet) {
        CHECK_FALSE(is_base64url(std::string{a}));
        for (char const b : alphabet) {
            std::string const two{a, b};
            if (is_base64url(two)) {
                ++of_two;
                CHECK(is_the_spelling_of_its_bytes(two));
            }
            for (char const c : {'A', 'B', 'C', 'D', 'E', '8', '_'}) {
                std::string const three{a, b, c};
                if (!is_base64url(three)) continue;
                ++of_three;
                CHECK(is_the_spelling_of_its_bytes(three));
                CHECK(is_base64url(three + "A"));
            }
        }
    }
    CHECK(of_two == 256);
    // Of those seven last characters A, E and 8 leave the two bits empty that belong to no byte.
    CHECK(of_three == 64 * 64 * 3);
}

TEST_CASE("what isn't of the alphabet is no base64url") {
    for (auto const* text : {"AA==", "A+AA", "A/AA", "AAA A", "AA\xC3\xA4", "AAA="}) {
        CAPTURE(text);
        CHECK_FALSE(is_base64url(text));
        CHECK_FALSE(from_base64url(text).has_value());
    }
}

}  // namespace
}  // namespace kith
