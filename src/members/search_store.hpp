#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "members/member.hpp"
#include "web/search.hpp"

namespace kith::members {

inline constexpr std::string_view found_members = "members";

/// A member who was found.
struct FoundMemberRow {
    std::int64_t entry = 0;
    PublicId public_id;
    std::string name;
    std::string pronouns;
    std::string about;
    Role role = Role::member;
};
BOOST_DESCRIBE_STRUCT(FoundMemberRow, (), (entry, public_id, name, pronouns, about, role))

/// Whoever the viewer could meet in the list of people too, of those found.
[[nodiscard]] std::vector<FoundMemberRow> find_members(database::Read& read, Viewer const& viewer,
                                                       std::string_view language,
                                                       web::SearchWish const& wish);

/// Puts a member in the index as they now stand; who isn't to be seen is taken out.
void index_member(database::Write& write, Id<Member> member);
/// Puts the members after `after` in the index; gives the last of them, or 0 at the end.
[[nodiscard]] std::int64_t index_members(database::Write& write, std::int64_t after,
                                         std::size_t at_most);

}  // namespace kith::members
