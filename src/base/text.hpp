#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/public_id.hpp"

namespace kith {

/// Whether `text` is UTF-8 in its shortest form, without surrogates (RFC 3629).
[[nodiscard]] bool valid_utf8(std::string_view text);

/// `text` with U+FFFD for whatever isn't UTF-8, and without control characters but tab and newline.
[[nodiscard]] std::string repaired_utf8(std::string_view text);

/// Takes the next code point off the front of `rest`, which isn't empty; nothing for a broken byte.
[[nodiscard]] std::optional<char32_t> next_code_point(std::string_view& rest);

/// Appends `code_point` as UTF-8.
void append_utf8(std::string& out, char32_t code_point);

/// How many code points `text` holds; a broken byte counts as one.
[[nodiscard]] std::size_t code_points(std::string_view text);

/// The first `count` code points of `text`, or all of it.
[[nodiscard]] std::string_view first_code_points(std::string_view text, std::size_t count);

/// `text` without white space at either end (ASCII white space and no-break space).
[[nodiscard]] std::string_view trim(std::string_view text);

/// `text` with ASCII letters in lower case; other letters stay.
[[nodiscard]] std::string lower_ascii(std::string_view text);

/// `title` as words of a URL: a–z and 0–9 joined by '-', at most limits::slug_characters_max;
/// Latin and Cyrillic letters are transliterated. "untitled" when nothing is left.
[[nodiscard]] std::string slug_of(std::string_view title);

/// One or two capitals for an avatar without a picture; "?" for a name without letters or digits.
[[nodiscard]] std::string initials_of(std::string_view name);

/// The tint of an avatar without a picture, 1 to 6, always the same for the same id.
[[nodiscard]] int tint_of(PublicId const& id);

/// `text` with & < > " ' as character references: safe in an element and in a quoted attribute.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace kith
