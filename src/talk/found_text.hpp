#pragma once

#include <string>
#include <string_view>

namespace kith::talk {

/// Rendered words as plain text, a line for each block, without what stands in block quotes: quoted
/// words are found where they were said, by whoever may read them there, as long as they stand.
[[nodiscard]] std::string text_without_quotes(std::string_view html);

}  // namespace kith::talk
