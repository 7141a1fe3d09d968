#pragma once

#include <optional>
#include <string>
#include <vector>

#include "members/member.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::members {

/// A member's own page.
struct ProfilePage {
    static constexpr std::string_view page = "members/profile";
    MemberCard member;
    std::string pronouns;
    std::optional<std::string> role;  ///< what they do here, for who leads
    std::string here;                 ///< how long they have been here, coarse
    web::Html about;
    bool is_you = false;
    std::string seen_by;                       ///< who sees the page; for yourself
    std::optional<std::string> reach_out_url;  ///< where the viewer can write to them in private
    std::optional<std::string> bond_url;       ///< what the viewer has with them
    std::optional<std::string> distance_url;   ///< where the viewer can keep distance from them
};
BOOST_DESCRIBE_STRUCT(ProfilePage, (),
                      (member, pronouns, role, here, about, is_you, seen_by, reach_out_url,
                       bond_url, distance_url))

/// Someone on the list of people.
struct PersonItem {
    MemberCard member;
    std::string pronouns;
    std::optional<std::string> role;
};
BOOST_DESCRIBE_STRUCT(PersonItem, (), (member, pronouns, role))

/// Who is here and lets others find them.
struct PeoplePage {
    static constexpr std::string_view page = "members/people";
    std::vector<PersonItem> items;
    bool you_are_listed = false;
    std::optional<std::string> next;
    std::optional<std::string> next_url;
    std::optional<std::string> first_url;
};
BOOST_DESCRIBE_STRUCT(PeoplePage, (), (items, you_are_listed, next, next_url, first_url))

/// "guide", "steward", "host" in the reader's language; nothing for a member.
[[nodiscard]] std::optional<std::string> role_sentence(web::Call const& call, Role role);

/// How long since `joined_at`, never finer than a month.
[[nodiscard]] std::string how_long_here(web::Call const& call, Time joined_at);

/// Who sees the page of a member, as the member is told.
[[nodiscard]] std::string profile_audience(web::Call const& call, MemberRow const& member,
                                           bool author);

[[nodiscard]] std::vector<web::Route> profile_routes();

}  // namespace kith::members
