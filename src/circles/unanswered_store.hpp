#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::circles {

/// A conversation of a circle that the viewer keeps, without an answer that they and its author can
/// see.
struct UnansweredRow {
    PublicId public_id;
    std::string title;
    std::string begun_by;
    std::string circle_name;
    Time begun_at{};
};
BOOST_DESCRIBE_STRUCT(UnansweredRow, (), (public_id, title, begun_by, circle_name, begun_at))
/// The oldest first.
[[nodiscard]] std::vector<UnansweredRow> unanswered_in_kept(database::Read& read,
                                                            Viewer const& viewer);

/// How a conversation began.
struct BeginningRow {
    PublicId public_id;
    std::string title;
    std::string content_note;
    std::string html;
};
BOOST_DESCRIBE_STRUCT(BeginningRow, (), (public_id, title, content_note, html))
/// While it stands in an open circle that its author belongs to. For the server: who may be shown
/// it is for the caller to know.
[[nodiscard]] std::optional<BeginningRow> beginning_of(database::Read& read, Viewer const& viewer,
                                                       PublicId const& discussion);

}  // namespace kith::circles
