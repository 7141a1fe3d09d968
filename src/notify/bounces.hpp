#pragma once

#include <string>
#include <vector>

#include "web/site.hpp"
#include "web/slice.hpp"

namespace kith::notify {

/// Told once an address counts as refusing; in the app only, of course.
inline constexpr std::string_view address_refuses_notice = "notify.address_refuses";

/// Whether mail of notices to this confirmed address is put aside: it refused
/// limits::refusals_in_row_max mails in a row, or came back to the host, since it was confirmed.
[[nodiscard]] bool address_refuses(database::Read& read, Viewer const& viewer,
                                   std::string const& address);

/// The mail server will never take mail to this address, as it said just now.
void note_refused(database::Write& write, web::Site& site, std::string const& address);
/// It took one: what was refused before isn't in a row.
void note_taken(database::Write& write, std::string const& address);
/// A mail to it came back afterwards. False when no member has confirmed this address.
bool note_bounced(database::Write& write, web::Site& site, std::string const& address);

void forget_addresses(database::Write& write);
void erase_address_of(database::Write& write, Id<Member> member);

/// `kith mail bounced ADDRESS`.
[[nodiscard]] std::vector<web::DeclareCommand> mail_commands();

}  // namespace kith::notify
