#pragma once

#include <optional>
#include <string>
#include <vector>

#include "talk/talk.hpp"
#include "web/call.hpp"
#include "web/shape.hpp"

namespace kith::talk {

/// How a comment read until `until`.
struct CommentVersionView {
    web::Html html;
    std::vector<CommentPicture> pictures;  ///< as they are now: they aren't changed
    std::optional<std::string> content_note;
    std::optional<std::string> folded_for;  ///< words that the viewer has folded for themselves
    Time until{};
};
BOOST_DESCRIBE_STRUCT(CommentVersionView, (), (html, pictures, content_note, folded_for, until))

/// How a comment read before it was changed.
struct CommentHistoryPage {
    static constexpr std::string_view page = "talk/history";
    std::string back_url;
    std::string name;  ///< of its author
    std::vector<CommentVersionView> versions;
};
BOOST_DESCRIBE_STRUCT(CommentHistoryPage, (), (back_url, name, versions))

/// GET /comments/{id}/history
[[nodiscard]] web::Answer show_comment_history(web::Call& call);

}  // namespace kith::talk
