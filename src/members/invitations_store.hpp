#pragma once

#include <vector>

#include "members/join_requests.hpp"

namespace kith::members {

/// An invitation as whoever made it sees it: whether it was used, never by whom.
struct InvitationRow {
    PublicId public_id;
    std::string note;
    Time made_at{};
    Time expires_at{};
    std::optional<Time> used_at;
    std::optional<Time> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(InvitationRow, (),
                      (public_id, note, made_at, expires_at, used_at, withdrawn_at))

/// The invitations that the viewer made, the latest first.
[[nodiscard]] std::vector<InvitationRow> invitations_by(database::Read& read, Viewer const& viewer);
/// How many of them could still be used.
[[nodiscard]] std::int64_t open_invitations(database::Read& read, Viewer const& viewer, Time now);
/// Makes an invitation useless; false when it isn't the member's or can't be used any more.
[[nodiscard]] bool withdraw_invitation(database::Write& write, Id<Member> member,
                                       PublicId const& invitation, Time now);
/// Forgets by which invitation a member came, and the note on it: erasure.
void forget_invitation_of(database::Write& write, Id<Member> member);

}  // namespace kith::members
