#pragma once

#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// Keeps what a member tells the author of a comment, in place of what they told them before.
void give_kind_reply(database::Write& write, Id<Comment> comment, Id<Member> member, KindReply kind,
                     Time now);
/// Takes it back, whether or not the member may still read the comment.
void take_back_kind_reply(database::Write& write, PublicId const& comment, Id<Member> member);

/// One of these, as the author of the comment is told of it.
struct KindReplyRow {
    Id<Comment> comment;
    KindReply kind = KindReply::none;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(KindReplyRow, (), (comment, kind, name))

/// What has been told the viewer of those of the `comments` that are their own, oldest first.
[[nodiscard]] std::vector<KindReplyRow> kind_replies_to(database::Read& read, Viewer const& viewer,
                                                        std::vector<Id<Comment>> const& comments);

/// What a member takes away of what they told others.
struct GivenKindReplyRow {
    std::string subject_path;
    KindReply kind = KindReply::none;
    Time given_at{};
};
BOOST_DESCRIBE_STRUCT(GivenKindReplyRow, (), (subject_path, kind, given_at))
[[nodiscard]] std::vector<GivenKindReplyRow> kind_replies_by(database::Read& read,
                                                             Viewer const& viewer,
                                                             Id<Member> member);

/// Erases what was told of a comment.
void drop_kind_replies_to(database::Write& write, Id<Comment> comment);
/// Erases what a member told others, and what they were told.
void drop_kind_replies_of(database::Write& write, Id<Member> member);

}  // namespace kith::talk
