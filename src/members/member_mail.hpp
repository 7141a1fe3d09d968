#pragma once
// Mails about signing in. They hold no name, no word of a member or of the community: whoever
// watches a mailbox learns nothing from them.

#include <string>
#include <string_view>

#include "members/members.hpp"
#include "members/sign_in_links.hpp"

namespace kith::members {

/// Sends the member a link to `path_before` + its token, to the address that the link proves.
void mail_link(web::Site& site, database::Write& write, Account const& account, LinkPurpose purpose,
               std::string const& email);

/// Writes what mail_link() writes for a sign-in link, to nobody: asking for one costs the same, and
/// takes as long, whether an address is a member's or not.
void mail_link_to_nobody(web::Site& site, database::Write& write);

/// Tells whoever asked to join, at the address they gave, that the answer stands at `path`.
void mail_answer(web::Site& site, database::Write& write, std::string const& language,
                 std::string const& email, std::string const& path);

/// Tells the account's own address, if it has one, that something about its way in changed.
void mail_change(web::Site& site, database::Write& write, Account const& account);

}  // namespace kith::members
