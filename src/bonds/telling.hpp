#pragma once

#include <string>

#include "base/public_id.hpp"
#include "bonds/hello_store.hpp"
#include "web/slice.hpp"

namespace kith::bonds {

/// What the job of an offer needs to know: from whom, to whom.
[[nodiscard]] std::string offer_payload(Id<Member> from, PublicId const& to);
/// Tells the other of an offer, if it is for them to see.
void tell_of_offer(web::Site& site, std::string const& payload);

/// A note arrives at its receiver's pace, unless it was taken back or what they had has ended.
void deliver_hello(web::Site& site, std::string const& payload);

[[nodiscard]] std::vector<web::NoticeKind> bonds_notices();

}  // namespace kith::bonds
