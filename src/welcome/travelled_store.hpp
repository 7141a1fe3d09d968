#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"
#include "members/member.hpp"
#include "talk/talk.hpp"

namespace kith::welcome {

/// Words that have come to the viewer, or their own that have come to others.
struct TravelledWordsRow {
    Id<talk::Discussion> discussion;  ///< whose words they are
    PublicId discussion_id;
    std::string kind;
    Id<talk::Discussion> answers;  ///< where they are answered here
    PublicId answers_id;
    Id<Member> author;
    PublicId author_id;
    std::string author_name;
    Role author_role = Role::member;
    bool author_has_avatar = false;
    bool author_has_page = false;
    Time begun_at{};
};
BOOST_DESCRIBE_STRUCT(TravelledWordsRow, (),
                      (discussion, discussion_id, kind, answers, answers_id, author, author_id,
                       author_name, author_role, author_has_avatar, author_has_page, begun_at))

/// The words, for their author and for whom they have come to.
[[nodiscard]] std::optional<TravelledWordsRow> find_travelled(database::Read& read,
                                                              Viewer const& viewer,
                                                              PublicId const& answers);
/// What has come to the viewer and has no answer that they and its author can see; the oldest
/// first.
[[nodiscard]] std::vector<TravelledWordsRow> travelled_to(database::Read& read,
                                                          Viewer const& viewer);
[[nodiscard]] std::vector<std::string> all_answers_ids(database::Read& read);

}  // namespace kith::welcome
