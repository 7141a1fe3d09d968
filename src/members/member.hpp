#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/public_id.hpp"
#include "base/viewer.hpp"

namespace kith {

BOOST_DESCRIBE_ENUM(Role, stranger, member, guide, steward, host)

}  // namespace kith

namespace kith::members {

/// Whether an account is in use. Erasing: its member may still come back for 7 days.
enum class MemberState { active, disabled, erasing, erased };
BOOST_DESCRIBE_ENUM(MemberState, active, disabled, erasing, erased)

/// A member as others see them, beside whatever they wrote.
struct MemberCard {
    PublicId id;
    std::string name;
    std::string initials;
    std::string tint;
    std::string url;
    std::optional<std::string> avatar_url;
    std::optional<std::string> role_word;  ///< "guide", "steward", "host"; absent for a member
};
BOOST_DESCRIBE_STRUCT(MemberCard, (), (id, name, initials, tint, url, avatar_url, role_word))

/// The card of a member from the columns that stores select.
[[nodiscard]] MemberCard make_card(PublicId const& id, std::string name, Role role,
                                   bool has_avatar);

/// A member without what only signing in needs: see Account.
struct MemberRow {
    Id<Member> id;
    PublicId public_id;
    std::string name;
    std::string pronouns;
    std::string about;
    Role role = Role::member;
    MemberState state = MemberState::active;
    std::string language;
    std::string zone;
    std::string theme;
    bool plain_letters = false;
    bool discreet = false;
    bool listed = false;
    std::optional<std::string> avatar;
    Time joined_at{};
    std::int64_t agreement_version = 0;
    std::optional<Id<Member>> invited_by;
    bool writes_essays = false;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (),
                      (id, public_id, name, pronouns, about, role, state, language, zone, theme,
                       plain_letters, discreet, listed, avatar, joined_at, agreement_version,
                       invited_by, writes_essays))

/// What a member signs in with; for the server and the member alone.
struct Account {
    Id<Member> id;
    PublicId public_id;
    std::string name;
    Role role = Role::member;
    MemberState state = MemberState::active;
    std::string language;
    std::optional<std::string> email;
    std::optional<Time> email_confirmed_at;
    std::optional<std::string> password_hash;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, public_id, name, role, state, language, email, email_confirmed_at,
                       password_hash))

/// Someone who comes in.
struct NewMember {
    PublicId public_id;
    std::string name;
    std::string pronouns = {};
    Role role = Role::member;
    std::optional<std::string> email = {};
    std::optional<Time> email_confirmed_at = {};
    std::optional<std::string> password_hash = {};
    std::string language = {};
    std::string zone = {};
    Time joined_at{};
    std::int64_t agreement_version = 0;  ///< 0: accepts it before the first post
    std::optional<Id<Member>> invited_by = {};
    bool writes_essays = false;
};

}  // namespace kith::members
