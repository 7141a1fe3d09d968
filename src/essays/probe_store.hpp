#pragma once

#include <string>
#include <vector>

#include "database/session.hpp"

namespace kith::essays {

/// Where each path of this room leads, among what the database holds; for the probes of the
/// non-interference test alone.
[[nodiscard]] std::vector<std::string> all_slugs(database::Read& read);
[[nodiscard]] std::vector<std::string> all_picture_ids(database::Read& read);
[[nodiscard]] std::vector<std::string> all_thanks_ids(database::Read& read);
[[nodiscard]] std::vector<std::string> all_reach_out_ids(database::Read& read);
[[nodiscard]] std::vector<std::string> all_member_ids(database::Read& read);

}  // namespace kith::essays
