#pragma once

#include <optional>
#include <string>
#include <vector>

#include "members/members.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::members {

/// What the host looks for among the members.
struct MembersFilter {
    std::string name;  ///< a part of it
    std::optional<Role> role;
    std::optional<MemberState> state;
};

/// A member as the host's list shows them.
struct HostMemberRow {
    Id<Member> id;
    PublicId public_id;
    std::string name;
    Role role = Role::member;
    MemberState state = MemberState::active;
    bool writes_essays = false;
    bool has_avatar = false;
    Time joined_at{};
    std::string order;  ///< the name as the list is ordered by it
};
BOOST_DESCRIBE_STRUCT(HostMemberRow, (),
                      (id, public_id, name, role, state, writes_essays, has_avatar, joined_at,
                       order))

/// The members that fit, by name, but nobody whom the viewer is apart from: another host looks
/// after them. Those after the place `after`, which holds the name that stood there.
[[nodiscard]] std::vector<HostMemberRow> members_for_host(database::Read& read,
                                                          Viewer const& viewer,
                                                          MembersFilter const& filter,
                                                          Seal::Place const& after,
                                                          std::size_t at_most);
/// One of them.
[[nodiscard]] std::optional<MemberRow> member_for_host(database::Read& read, Viewer const& viewer,
                                                       PublicId const& id);
/// How many others are hosts whose accounts are in use.
[[nodiscard]] std::int64_t other_hosts(database::Read& read, Viewer const& viewer,
                                       Id<Member> member);
void set_writes_essays(database::Write& write, Id<Member> member, bool may);

struct HostMemberItem {
    MemberCard member;
    std::optional<std::string> role;
    MemberState state = MemberState::active;
    bool writes_essays = false;
    std::string here;
    std::string url;
};
BOOST_DESCRIBE_STRUCT(HostMemberItem, (), (member, role, state, writes_essays, here, url))

/// All accounts, to be filtered by name, role and state.
struct HostMembersPage {
    static constexpr std::string_view page = "members/host-members";
    std::string name;
    std::string role;
    std::string state;
    bool role_member = false;
    bool role_guide = false;
    bool role_steward = false;
    bool role_host = false;
    bool state_active = false;
    bool state_disabled = false;
    bool state_erasing = false;
    std::vector<HostMemberItem> items;
    std::optional<std::string> next;
    std::optional<std::string> next_url;
};
BOOST_DESCRIBE_STRUCT(HostMembersPage, (),
                      (name, role, state, role_member, role_guide, role_steward, role_host,
                       state_active, state_disabled, state_erasing, items, next, next_url))

struct RoleForm {
    Role role = Role::member;
};
BOOST_DESCRIBE_STRUCT(RoleForm, (), (role))
struct StateForm {
    MemberState state = MemberState::active;
};
BOOST_DESCRIBE_STRUCT(StateForm, (), (state))
struct EssaysForm {
    bool writes_essays = false;
};
BOOST_DESCRIBE_STRUCT(EssaysForm, (), (writes_essays))

/// One account, and what the host may do with it.
struct HostMemberPage {
    static constexpr std::string_view page = "members/host-member";
    MemberCard member;
    Role role = Role::member;
    MemberState state = MemberState::active;
    bool writes_essays = false;
    bool is_you = false;
    bool last_host = false;
    std::string here;
    bool fresh = false;
    std::string again_url;
    std::string role_url;
    std::string state_url;
    std::string essays_url;
};
BOOST_DESCRIBE_STRUCT(HostMemberPage, (),
                      (member, role, state, writes_essays, is_you, last_host, here, fresh,
                       again_url, role_url, state_url, essays_url))

[[nodiscard]] std::vector<web::Route> host_members_routes();

}  // namespace kith::members
