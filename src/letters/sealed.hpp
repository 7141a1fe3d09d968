#pragma once

#include <cstddef>
#include <string_view>

namespace kith::letters {

/// How often a sealed text (base64url of an age file) names a recipient of `kind`; 0 for whatever
/// isn't one, or has a recipient of another kind. It is all that the server can see of it.
[[nodiscard]] std::size_t recipients_of(std::string_view sealed, std::string_view kind);

/// Sealed for the two of a conversation.
[[nodiscard]] bool is_for_two(std::string_view sealed);
/// Sealed for one key.
[[nodiscard]] bool is_for_one(std::string_view sealed);
/// Wrapped by a passphrase or a code.
[[nodiscard]] bool is_wrapped(std::string_view sealed);

}  // namespace kith::letters
