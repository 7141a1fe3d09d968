#pragma once

#include <string>
#include <vector>

#include "database/session.hpp"

namespace kith::circles {

// Public ids for the non-interference test, whoever may see what they name.
[[nodiscard]] std::vector<std::string> all_circle_ids(database::Read& read);
[[nodiscard]] std::vector<std::string> all_conversation_ids(database::Read& read);

}  // namespace kith::circles
