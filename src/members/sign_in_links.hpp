#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "database/session.hpp"
#include "members/members.hpp"

namespace kith::members {

struct SignInLink;  // the tag of Id<SignInLink>

/// What an emailed link is for.
enum class LinkPurpose { sign_in, confirm_email };
BOOST_DESCRIBE_ENUM(LinkPurpose, sign_in, confirm_email)

/// A link that can still be used.
struct LinkRow {
    Id<SignInLink> id;
    Id<Member> member;
    std::optional<std::string> email;  ///< the address that the link proves
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (id, member, email))

/// Makes a link's token, which is kept only as a hash.
[[nodiscard]] std::string make_link_token(web::Site& site, database::Write& write,
                                          Id<Member> member, LinkPurpose purpose,
                                          std::optional<std::string> const& email);
/// Writes what make_link_token() writes, for nobody: asking costs the same for any address.
[[nodiscard]] std::string make_link_to_nowhere(web::Site& site, database::Write& write);
/// The link of `token`, if it may still be used.
[[nodiscard]] std::optional<LinkRow> find_link(web::Site& site, database::Read& read,
                                               std::string_view token, LinkPurpose purpose);
/// Uses the link; nothing when another was faster.
[[nodiscard]] std::optional<LinkRow> use_link(web::Site& site, database::Write& write,
                                              std::string_view token, LinkPurpose purpose);
/// Makes every link of the member useless.
void void_links(database::Write& write, Id<Member> member);
/// Forgets links that can't be used any more.
void sweep_links(database::Write& write, Time now);

}  // namespace kith::members
