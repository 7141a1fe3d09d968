#pragma once

#include <string>

namespace kith {

/// The ASCII letters or digits that stand for `code_point` in a URL; empty if it has none.
[[nodiscard]] std::string transliterate(char32_t code_point);

/// Whether it only changes the letter before it.
[[nodiscard]] bool is_combining_mark(char32_t code_point);

/// Whether it joins a word rather than ends it ("don't" is one word).
[[nodiscard]] bool is_apostrophe(char32_t code_point);

}  // namespace kith
