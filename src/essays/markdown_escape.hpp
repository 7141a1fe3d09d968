#pragma once

#include <string>
#include <string_view>

namespace kith::essays {

/// One line of words as Markdown that shows exactly these words.
[[nodiscard]] std::string escape_markdown(std::string_view line);

}  // namespace kith::essays
