#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/session.hpp"
#include "members/member.hpp"
#include "web/site.hpp"

namespace kith::members {

/// Adds a member, to be seen by nobody until they choose.
Id<Member> add_member(database::Write& write, NewMember const& member);

/// The member that the viewer may see: themselves, who leads, is listed, writes in public, or is
/// bonded with them by letters, and nobody they are apart from. The server sees all.
[[nodiscard]] std::optional<MemberRow> find_member(database::Read& read, Viewer const& viewer,
                                                   PublicId const& id);
[[nodiscard]] std::optional<MemberRow> member_by_id(database::Read& read, Viewer const& viewer,
                                                    Id<Member> id);

/// Whether anybody has joined yet.
[[nodiscard]] bool any_member(database::Read& read);

/// What a member signs in with: for themselves and the server only.
[[nodiscard]] std::optional<Account> account_of(database::Read& read, Viewer const& viewer,
                                                Id<Member> id);
/// The language in which a member is written to where no request says one: their own choice, or the
/// community's.
[[nodiscard]] std::string language_of(database::Read& read, Account const& account);
/// At most `limits::sign_in_candidates_max` accounts that go by `name_or_email`, or the one whose
/// public id it is: where more share a name, that lets in each of them, and tells nobody.
[[nodiscard]] std::vector<Account> accounts_called(database::Read& read, Viewer const& viewer,
                                                   std::string_view name_or_email);
/// The account that a sign-in link for `email` belongs to.
[[nodiscard]] std::optional<Account> account_for_link(database::Read& read, Viewer const& viewer,
                                                      std::string_view email);

/// Sets what a member signs in with; null for no password.
void set_password(database::Write& write, Id<Member> member,
                  std::optional<std::string> const& password_hash);
/// Sets a confirmed address, or none; false when another account has confirmed it.
[[nodiscard]] bool set_confirmed_email(database::Write& write, Id<Member> member,
                                       std::optional<std::string> const& email, Time now);
void accept_agreement(database::Write& write, Id<Member> member, std::int64_t version);
/// Gives another role; their event streams, which were for the old one, end.
void set_role(web::Site& site, database::Write& write, Id<Member> member, Role role);
/// Changes whether the account may be used; disabling ends its sessions.
void set_state(web::Site& site, database::Write& write, Id<Member> member, MemberState state);

/// A one-time link by which the member can sign in: the path "/sign-in/link/{token}".
[[nodiscard]] std::string make_sign_in_link(web::Site& site, database::Write& write,
                                            Id<Member> member);

}  // namespace kith::members
