#pragma once
// What a host or steward does with somebody's account: each deed is noted in the record.

#include <string_view>

#include "members/members.hpp"

namespace kith::members {

/// Notes in the record what `by` did about `member`; the server stands for a command.
void note_deed(web::Site& site, database::Write& write, Viewer const& by, std::string_view what,
               Id<Member> member);

/// Adds a member on the host's word.
Id<Member> add_member_by_host(web::Site& site, database::Write& write, NewMember const& member);

/// Gives the member another role and ends their sessions, which were made for the old one.
/// Refuses with a conflict to leave the community without a host.
void give_role(web::Site& site, database::Write& write, Viewer const& by, MemberRow const& member,
               Role role);

/// Closes the account, or opens a closed one again. Refuses with a conflict to close the last
/// host's, or one that is being erased.
void disable_or_enable(web::Site& site, database::Write& write, Viewer const& by,
                       MemberRow const& member, MemberState state);

/// Whether the member may write essays whatever their role.
void let_write_essays(web::Site& site, database::Write& write, Viewer const& by,
                      MemberRow const& member, bool may);

/// Whether nobody else could look after the house.
[[nodiscard]] bool is_last_host(database::Read& read, Viewer const& viewer,
                                MemberRow const& member);

}  // namespace kith::members
