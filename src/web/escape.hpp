#pragma once

#include <string>
#include <string_view>

namespace kith::web {

/// Appends `text` with & < > " ' as character references, without a string in between.
void append_escaped(std::string& out, std::string_view text);

}  // namespace kith::web
