#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// A comment in a discussion that the viewer may read.
struct SeenComment {
    CommentRow comment;
    DiscussionRow discussion;
};
/// The one that the path names; hidden and missing are not found.
[[nodiscard]] SeenComment seen_comment(web::Call& call, database::Read& read);

/// For whom comments are shown, and what they may do with them.
struct Onlooker {
    Viewer viewer;
    std::string_view reply_path;  ///< of the page with the form; empty when they may not reply
    bool in_group = false;        ///< what a group's members say, no steward puts aside
    /// Where they look, for the way to distance; null where they look at their own words.
    web::Call const* call = nullptr;
    DiscussionRow const* discussion = nullptr;
    /// The ways to distance that were made already: few people write most of a page.
    mutable std::vector<std::pair<PublicId, std::string>> distance_urls = {};
};
[[nodiscard]] Onlooker onlooker_of(web::Call const& call, DiscussionRow const& discussion,
                                   bool may_reply);

/// The row as the onlooker sees it; `root` is the thread it stands in, for replies to it.
[[nodiscard]] CommentView view_of(CommentRow row, PublicId const& root, Onlooker const& onlooker);

/// The row as anybody sees it: without acts, and never as its own author does.
[[nodiscard]] CommentView neutral_view_of(CommentRow row);

/// Rows of a page put into threads. The first may be a reply whose comment stands on the page
/// before; then `first_root` is that comment.
[[nodiscard]] std::vector<CommentThread> threads_of(std::vector<CommentRow> rows,
                                                    std::vector<CommentRow> first_root,
                                                    Onlooker const& onlooker);

/// Where in the discussion's pages the comment is: "/essays/x?comments=…#c-…"; `said` is a key of
/// the catalogue for the page to say, or empty.
[[nodiscard]] std::string path_of_comment(web::Call& call, database::Read& read,
                                          CommentRow const& comment, std::string_view subject_path,
                                          PublicId const& discussion, std::string_view said);

/// The name of the list that a page's cursors belong to.
[[nodiscard]] std::string cursor_list(PublicId const& discussion);

}  // namespace kith::talk
