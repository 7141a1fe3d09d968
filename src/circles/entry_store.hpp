#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "circles/circles_store.hpp"
#include "circles/membership_store.hpp"
#include "database/session.hpp"

namespace kith::circles {

/// Someone who asks to come in, for the keepers.
struct RequestRow {
    PublicId public_id;
    Id<Member> member;
    PublicId member_id;
    std::string name;
    Role role = Role::member;
    bool has_avatar = false;
    bool has_page = false;
    std::string words;
    std::int64_t agreed_version = 0;
    Time asked_at{};
};
BOOST_DESCRIBE_STRUCT(RequestRow, (),
                      (public_id, member, member_id, name, role, has_avatar, has_page, words,
                       agreed_version, asked_at))
/// Who waits to be let in, the oldest first, but for people whom the viewer is apart from. Of a
/// circle that the viewer keeps.
[[nodiscard]] std::vector<RequestRow> requests_in(database::Read& read, Viewer const& viewer,
                                                  Id<Circle> circle);
[[nodiscard]] std::optional<RequestRow> find_request(database::Read& read, Viewer const& viewer,
                                                     Id<Circle> circle, PublicId const& request);
/// In which of the circles that the viewer keeps somebody waits, by name.
struct WaitingRow {
    PublicId circle;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(WaitingRow, (), (circle, name))
[[nodiscard]] std::vector<WaitingRow> circles_asked(database::Read& read, Viewer const& viewer);

/// A wish to come in.
struct RequestToAdd {
    PublicId public_id;
    Id<Circle> circle;
    Id<Member> member;
    std::string words;
    std::int64_t agreed_version = 0;
    Time at{};
};
/// Takes the place of what the same member asked before.
void put_request(database::Write& write, RequestToAdd const& request);
void set_request_state(database::Write& write, Id<Circle> circle, Id<Member> member,
                       RequestState state);
void drop_request(database::Write& write, Id<Circle> circle, Id<Member> member);

/// An invitation as the keepers see it: what was typed, never what became of it.
struct InvitationRow {
    PublicId public_id;
    std::string to_name;
    bool by_link = false;
    Time made_at{};
    Time expires_at{};
};
BOOST_DESCRIBE_STRUCT(InvitationRow, (), (public_id, to_name, by_link, made_at, expires_at))
/// The viewer's own invitations into this circle that still hold, the newest first.
[[nodiscard]] std::vector<InvitationRow> invitations_in(database::Read& read, Viewer const& viewer,
                                                        Id<Circle> circle, Time now);

/// The members who go by this name or have this page, as far as the viewer may see them.
[[nodiscard]] std::vector<Id<Member>> members_meant(database::Read& read, Viewer const& viewer,
                                                    std::string_view name,
                                                    std::optional<PublicId> const& page);

struct InvitationToAdd {
    PublicId public_id;
    Id<Circle> circle;
    Id<Member> made_by;
    std::optional<Id<Member>> member;
    std::string to_name;
    std::optional<std::string> token_hash;
    Time at{};
    Time expires_at{};
};
void insert_invitation(database::Write& write, InvitationToAdd const& invitation);
[[nodiscard]] bool withdraw_invitation(database::Write& write, Id<Member> maker,
                                       PublicId const& invitation);
/// Whether the member has ignored an invitation into this circle since `since`.
[[nodiscard]] bool ignored_since(database::Read& read, Viewer const& viewer, Id<Circle> circle,
                                 Id<Member> member, Time since);
/// Ends the invitations of this member by name into this circle.
void end_invitations(database::Write& write, Id<Circle> circle, Id<Member> member,
                     std::string_view state);

/// The circle that a link leads into, while it can be used.
[[nodiscard]] std::optional<PublicId> circle_of_link(database::Read& read, Viewer const& viewer,
                                                     std::string_view token_hash, Time now);
/// Uses the link; false when it can't be used any more.
[[nodiscard]] bool use_link(database::Write& write, std::string_view token_hash, Time now);

/// A circle that a keeper has invited the viewer into.
struct InvitedRow {
    PublicId circle;
    std::string name;
    std::string purpose;
    std::optional<std::string> by_name;  ///< absent when the viewer is apart from them
};
BOOST_DESCRIBE_STRUCT(InvitedRow, (), (circle, name, purpose, by_name))
[[nodiscard]] std::vector<InvitedRow> invited_into(database::Read& read, Viewer const& viewer,
                                                   Time now);

/// Forgets what can't be used any more.
void forget_old_entries(database::Write& write, Time now);

}  // namespace kith::circles
