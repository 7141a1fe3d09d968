#pragma once

#include <string_view>

namespace kith {

/// Whether mail can be sent to `address`: one '@', a plain local part, a host name with a dot
/// (or localhost). Letters beyond ASCII, comments and quoted local parts are refused: many
/// servers can't deliver to them, and quoting is where header injection hides.
[[nodiscard]] bool valid_email(std::string_view address);

}  // namespace kith
