#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/public_id.hpp"
#include "web/call.hpp"

namespace kith::distance {

/// Where the viewer can keep distance from someone whose name they see: for every place that shows
/// a person. The link carries the name, sealed for this viewer: whatever the other may hide later,
/// the page that it leads to says what the viewer knew already, and looks up nothing. `then` is
/// where they go on, and should be a page that they can still see after it.
[[nodiscard]] std::string distance_url(web::Call const& call, PublicId const& member,
                                       std::string_view name, std::string_view then);

/// The name in such a link, if it was made for this viewer and member.
[[nodiscard]] std::optional<std::string> known_name(web::Call const& call, PublicId const& member,
                                                    std::string_view known);

}  // namespace kith::distance
