#pragma once

#include <optional>
#include <vector>

#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "web/notice.hpp"

namespace kith::talk {

/// What this room tells members of.
[[nodiscard]] std::vector<web::NoticeKind> talk_notices();

/// Tells whom a comment answers, and whose object it stands under, that it is there now. Both are
/// told only what they may read.
void tell_of_comment(web::Site& site, database::Write& write, PostingRow const& posting,
                     CommentRow const& comment, std::optional<Id<Member>> answered = {});

/// Tells the author of a comment that waited for a steward what became of it.
void tell_of_decision(web::Site& site, database::Write& write, CommentRow const& comment,
                      State state);

/// A comment that can't be read any more isn't told of either.
void untell_comment(web::Site& site, database::Write& write, CommentRow const& comment);

}  // namespace kith::talk
