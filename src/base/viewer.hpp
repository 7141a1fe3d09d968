#pragma once

#include "base/id.hpp"

namespace kith {

struct Member;  // the tag of Id<Member>; its fields live in members/

/// What a member may do for the community; each includes the ones before it.
enum class Role { stranger, member, guide, steward, host };

/// For whom something is read. Every store read takes one, and shows only what they may see.
struct Viewer {
    Id<Member> member;
    Role role = Role::stranger;

    [[nodiscard]] static Viewer stranger() { return {}; }
    /// The server itself: jobs, commands, exports. Say it where you use it; it sees everything.
    [[nodiscard]] static Viewer server() { return {Id<Member>{-1}, Role::host}; }

    [[nodiscard]] bool signed_in() const { return member.value > 0; }
    [[nodiscard]] bool is_server() const { return member.value == -1; }
    [[nodiscard]] bool is(Id<Member> someone) const { return signed_in() && member == someone; }
    [[nodiscard]] bool at_least(Role least) const { return role >= least; }
    bool operator==(Viewer const&) const = default;
};

}  // namespace kith
