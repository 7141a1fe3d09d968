#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// Base64url without padding (RFC 4648, 5).
[[nodiscard]] std::string to_base64url(std::span<std::byte const> bytes);

/// Whether `text` is the only spelling of some bytes.
[[nodiscard]] bool is_base64url(std::string_view text);

/// The bytes of `text`, or nothing if it isn't their only spelling.
[[nodiscard]] std::optional<std::vector<std::byte>> from_base64url(std::string_view text);

}  // namespace kith
