#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/live_store.hpp"
#include "talk/talk.hpp"
#include "talk/talk_rules.hpp"

namespace kith::talk {

/// A discussion as one viewer may read it.
struct DiscussionRow {
    Id<Discussion> id;
    PublicId public_id;
    std::string subject_path;
    Audience audience = Audience::nobody;
    Id<Member> author;
    bool open_for_comments = false;
    bool guests_may_comment = false;
    std::optional<Id<Group>> group;
    Id<LiveEvent> last_event;      ///< the latest, whoever may hear of it; 0: none
    bool viewer_folds = false;     ///< the viewer has words or people that they fold
    bool small_circle = false;     ///< where nobody can be invisible
    bool read_by_distant = false;  ///< there, by someone from whom the viewer keeps distance
};
BOOST_DESCRIBE_STRUCT(DiscussionRow, (),
                      (id, public_id, subject_path, audience, author, open_for_comments,
                       guests_may_comment, group, last_event, viewer_folds, small_circle,
                       read_by_distant))

/// The discussion if the viewer may read it.
[[nodiscard]] std::optional<DiscussionRow> find_discussion(database::Read& read,
                                                           Viewer const& viewer,
                                                           Id<Discussion> discussion);
[[nodiscard]] std::optional<DiscussionRow> find_discussion(database::Read& read,
                                                           Viewer const& viewer,
                                                           PublicId const& discussion);

/// What posting needs to know: the discussion, the host's wishes, and who posts.
struct PostingRow {
    Id<Discussion> discussion;
    PublicId public_id;
    std::string subject_path;
    Audience audience = Audience::nobody;
    Id<Member> subject_author;
    std::optional<Id<Group>> group;
    bool small_circle = false;
    bool open_for_comments = false;
    bool guests_may_comment = false;
    bool hold_first_comments = false;  ///< never in a group: stewards don't read along there
    bool hold_links = false;
    std::string zone;                   ///< the community's
    std::optional<PublicId> member_id;  ///< of who posts; absent for a guest
    std::optional<std::string> member_name;
    std::optional<Role> member_role;
    bool member_has_avatar = false;
    bool member_has_page = false;
    bool published_before = false;
};
BOOST_DESCRIBE_STRUCT(PostingRow, (),
                      (discussion, public_id, subject_path, audience, subject_author, group,
                       small_circle, open_for_comments, guests_may_comment, hold_first_comments,
                       hold_links, zone, member_id, member_name, member_role, member_has_avatar,
                       member_has_page, published_before))

/// The discussion for the viewer who posts; on PostgreSQL it stays theirs until the deed ends, so
/// that the events of one discussion are numbered in the order in which they come to be seen.
[[nodiscard]] std::optional<PostingRow> find_for_posting(database::Write& write,
                                                         Viewer const& viewer,
                                                         Id<Discussion> discussion);

/// The members of the discussion's group who may read it, by their ids.
[[nodiscard]] std::vector<Id<Member>> group_readers(database::Read& read, Viewer const& viewer,
                                                    Id<Discussion> discussion);

/// Erases who belonged to which group, for a member who goes.
void leave_all_groups(database::Write& write, Id<Member> member);

}  // namespace kith::talk
