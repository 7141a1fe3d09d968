#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "database/sql.hpp"

namespace kith::database {

/// The statements of a migration in the words of `engine`, one by one, without comments.
/// A statement ends with ';' at the end of a line. What holds such a ';' inside (a trigger, a
/// function) stands between lines `-- begin` and `-- end`. A line that begins with `-- sqlite:` or
/// `-- postgres:` is for that engine only. `{{key}}` is a table's own 64-bit number.
/// Throws std::runtime_error for an open quote, an unknown `{{name}}` or a block without end.
[[nodiscard]] std::vector<std::string> statements_of(std::string_view script, Engine engine);

}  // namespace kith::database
