#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "talk/folding.hpp"
#include "web/call.hpp"

namespace kith::talk {

inline constexpr std::string_view folds_path = "/settings/folds";

struct FoldForm {
    std::string words;
};
BOOST_DESCRIBE_STRUCT(FoldForm, (), (words))

/// What a member has folded for themselves.
struct FoldsPage {
    static constexpr std::string_view page = "talk/folds";
    std::vector<std::string> folds;  ///< as they were typed
    web::Field words;
};
BOOST_DESCRIBE_STRUCT(FoldsPage, (), (folds, words))

/// GET and POST /settings/folds
[[nodiscard]] web::Answer show_folds(web::Call& call);
[[nodiscard]] web::Outcome act_fold(web::Call& call);
/// POST /settings/folds/remove
[[nodiscard]] web::Outcome act_unfold(web::Call& call);

/// What is compared of a comment.
[[nodiscard]] std::vector<std::string> words_to_compare(
    std::optional<std::string> const& content_note, std::string_view html,
    std::vector<CommentPicture> const& pictures, std::optional<PollView> const& poll);

/// Notes in the rows which of them the viewer has folded, and for which of their words. Their own
/// stay open.
void fold_for(database::Read& read, Viewer const& viewer, DiscussionRow const& discussion,
              std::vector<CommentRow>& rows);

}  // namespace kith::talk
