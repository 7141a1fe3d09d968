#pragma once

#include <string>
#include <string_view>

#include "web/site.hpp"

namespace kith::notify {

inline constexpr std::string_view send_push_job = "send_push";

/// Puts "there is something" on its way to every browser of the member that may be told, in the
/// deed that marks the notice as told.
void queue_pushes(database::Write& write, web::Site& site, Id<Member> member);

/// Sends the words whose key is `payload`; later, when the service is busy. A browser that isn't
/// there any more, or whose session has ended, is forgotten.
void send_queued_push(web::Site& site, std::string const& payload);

/// The public key that a browser subscribes with (RFC 8292, 3.2).
[[nodiscard]] std::string push_public_key(web::Site const& site);

}  // namespace kith::notify
