#pragma once

#include <optional>
#include <string>
#include <vector>

#include "circles/circles_store.hpp"
#include "circles/conversation_views.hpp"
#include "database/session.hpp"

namespace kith::circles {

/// A circle that is due to be erased: closed long enough, or with nobody in it.
struct DueCircle {
    Id<Circle> id;
    Id<talk::Group> group;
};
BOOST_DESCRIBE_STRUCT(DueCircle, (), (id, group))
[[nodiscard]] std::vector<DueCircle> circles_to_erase(database::Read& read, Viewer const& viewer,
                                                      Time now);
/// Erases a circle with everything that was said in it.
void erase_circle(database::Write& write, DueCircle const& circle);

/// The circles that nobody may keep any more: who did is gone, or is no guide now.
[[nodiscard]] std::vector<NamedCircle> circles_without_keeper(database::Read& read,
                                                              Viewer const& viewer);

/// Erases what a member was and said in circles. Their conversations stay as empty places that
/// nobody can read; who keeps the circle is settled.
void erase_member(database::Write& write, Id<Member> member);
/// The discussions of the conversations that a member began.
[[nodiscard]] std::vector<Id<talk::Discussion>> discussions_begun(database::Read& read,
                                                                  Viewer const& viewer,
                                                                  Id<Member> member);

/// What a member takes away.
struct OwnMembershipRow {
    std::string circle;
    bool keeper = false;
    Time joined_at{};
};
BOOST_DESCRIBE_STRUCT(OwnMembershipRow, (), (circle, keeper, joined_at))
[[nodiscard]] std::vector<OwnMembershipRow> memberships_of(database::Read& read,
                                                           Viewer const& viewer, Id<Member> member);
struct OwnConversationRow {
    std::string circle;
    Time begun_at{};
    std::string title;
    std::string content_note;
    AsksFor asks_for = AsksFor::nothing;
    std::string markdown;
};
BOOST_DESCRIBE_STRUCT(OwnConversationRow, (),
                      (circle, begun_at, title, content_note, asks_for, markdown))
[[nodiscard]] std::vector<OwnConversationRow> conversations_of(database::Read& read,
                                                               Viewer const& viewer,
                                                               Id<Member> member);
/// What a member asked of circles. The answer isn't theirs to know: see RequestState.
struct OwnRequestRow {
    std::string circle;
    Time asked_at{};
    std::string words;
};
BOOST_DESCRIBE_STRUCT(OwnRequestRow, (), (circle, asked_at, words))
[[nodiscard]] std::vector<OwnRequestRow> requests_of(database::Read& read, Viewer const& viewer,
                                                     Id<Member> member);

}  // namespace kith::circles
