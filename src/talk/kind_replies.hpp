#pragma once

#include <vector>

#include "talk/comment_store.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// What the buttons below someone's comment send.
struct KindForm {
    KindReply kind = KindReply::none;
};
BOOST_DESCRIBE_STRUCT(KindForm, (), (kind))

/// POST /comments/{id}/kind
[[nodiscard]] web::Outcome act_kind(web::Call& call);
/// POST /comments/{id}/kind/take-back
[[nodiscard]] web::Outcome act_kind_back(web::Call& call);

/// What the author of a comment has been told of it without words.
struct KindTold {
    PublicId comment;
    std::vector<KindFrom> from;
};

/// What the viewer has been told of those of the rows that are theirs.
[[nodiscard]] std::vector<KindTold> kind_told(database::Read& read, Viewer const& viewer,
                                              std::vector<CommentRow> const& rows);
/// Moves what was told of this comment into its view.
void show_kind_told(std::vector<KindTold>& told, CommentView& view);

}  // namespace kith::talk
