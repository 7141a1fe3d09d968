#include "base/transliterate.hpp"

#include <string_view>

namespace kith {
namespace {

using namespace std::string_view_literals;

/// U+00C0 to U+00FF, separated by spaces; '.' for none.
constexpr std::string_view latin_1 =
    "a a a a ae a ae c e e e e i i i i d n o o o o oe . o u u u ue y th ss "
    "a a a a ae a ae c e e e e i i i i d n o o o o oe . o u u u ue y th y";

/// U+0100 to U+017F, a letter each but for the few with two.
constexpr std::string_view latin_extended =
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h "
    "i i i i i i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o "
    "oe oe r r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s";

/// U+0400 to U+045F: Russian, Ukrainian, Serbian, Macedonian and their neighbours.
constexpr std::string_view cyrillic =
    "e yo dj g ye dz i yi j lj nj c k i u dz "
    "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya "
    "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya "
    "e yo dj g ye dz i yi j lj nj c k i u dz";

constexpr std::string_view nth_word(std::string_view words, std::size_t n) {
    for (; n > 0; --n) {
        std::size_t const space = words.find(' ');
        if (space == words.npos) return {};
        words.remove_prefix(space + 1);
    }
    std::string_view const word = words.substr(0, words.find(' '));
    return word == "." ? std::string_view{} : word;
}

static_assert(nth_word(latin_1, 0xFF - 0xC0) == "y" && nth_word(latin_1, 64).empty());
static_assert(nth_word(latin_extended, 0x7F) == "s" && nth_word(latin_extended, 128).empty());
static_assert(nth_word(latin_extended, 0x161 - 0x100) == "s");
static_assert(nth_word(cyrillic, 0x5F) == "dz" && nth_word(cyrillic, 96).empty());
static_assert(nth_word(cyrillic, 0x44F - 0x400) == "ya");

}  // namespace

std::string transliterate(char32_t c) {
    if (c < 0x80) {
        bool const word =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return word ? std::string(1, static_cast<char>(c)) : std::string();
    }
    if (c >= 0xC0 && c <= 0xFF) return std::string(nth_word(latin_1, c - 0xC0));
    if (c >= 0x100 && c <= 0x17F) return std::string(nth_word(latin_extended, c - 0x100));
    if (c >= 0x400 && c <= 0x45F) return std::string(nth_word(cyrillic, c - 0x400));
    return {};
}

bool is_combining_mark(char32_t c) {
    // The Cyrillic soft and hard signs have no letter of their own in a URL either.
    return (c >= 0x300 && c < 0x370) || c == 0x42A || c == 0x42C || c == 0x44A || c == 0x44C;
}

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC; }

}  // namespace kith
