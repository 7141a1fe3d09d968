#pragma once
// Accounts that came along from elsewhere. Such an account sleeps: it has no password, is listed
// nowhere and has accepted nothing, until its member comes in by a link that the host hands them.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "members/members.hpp"

namespace kith::members {

/// How long the link to a sleeping account is good.
inline constexpr auto imported_link_age_max = std::chrono::hours(14 * 24);

/// Somebody who is there already, and whether they still are.
struct KnownMember {
    Id<Member> id;
    MemberState state = MemberState::active;
    std::int64_t agreement_version = 0;
    bool has_password = false;
};
BOOST_DESCRIBE_STRUCT(KnownMember, (), (id, state, agreement_version, has_password))

/// Whom an earlier import has brought along as `origin`; for the server alone.
[[nodiscard]] std::optional<KnownMember> find_imported(database::Read& read, Viewer const& viewer,
                                                       std::string_view origin);
/// Notes that `member` came along as `origin`.
void note_imported(database::Write& write, std::string_view origin, Id<Member> member);
/// The members who go by exactly this name, at most two: enough to tell that it is one.
[[nodiscard]] std::vector<KnownMember> members_named(database::Read& read, Viewer const& viewer,
                                                     std::string_view name);
/// A link by which the sleeping account's member comes in, once: the path "/sign-in/link/{token}".
[[nodiscard]] std::string make_imported_link(web::Site& site, database::Write& write,
                                             Id<Member> member);

}  // namespace kith::members
