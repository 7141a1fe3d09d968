#pragma once

#include <string>
#include <string_view>

namespace kith::notify {

/// Whether `text` is printable ASCII and spaces only.
[[nodiscard]] bool is_plain_ascii(std::string_view text);

/// `text` as a header's words: itself, or encoded words of at most 75 characters each, on lines of
/// their own (RFC 2047).
[[nodiscard]] std::string encode_words(std::string_view text);

/// `name` as a display name before an address: quoted, or encoded words.
[[nodiscard]] std::string encode_name(std::string_view name);

/// UTF-8 `text` as quoted-printable with CRLF and lines of at most 76 characters (RFC 2045, 6.7).
[[nodiscard]] std::string quoted_printable(std::string_view text);

}  // namespace kith::notify
