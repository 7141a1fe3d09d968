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

/// Tells those whom a comment names.
void tell_of_mentions(web::Site& site, database::Write& write, Id<Member> subject_author,
                      CommentRow const& comment, std::vector<Id<Member>> const& named);

/// Who answers without words.
struct KindFromMember {
    Id<Member> member;
    PublicId public_id;
};
/// Tells the author of a comment that somebody has answered it without words; takes that back.
void tell_of_kind_reply(web::Site& site, database::Write& write, Id<Member> subject_author,
                        CommentRow const& comment, KindFromMember const& from);
void untell_kind_reply(web::Site& site, database::Write& write, PublicId const& comment,
                       KindFromMember const& from);

/// A comment that can't be read any more isn't told of either.
void untell_comment(web::Site& site, database::Write& write, CommentRow const& comment);

}  // namespace kith::talk
