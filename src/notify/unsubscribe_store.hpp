#pragma once

#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::notify {

void add_unsubscribe_link(database::Write& write, std::string_view token_hash, Id<Member> member,
                          Time now);
/// Whose notices the link ends; whoever has it may use it, again and again.
[[nodiscard]] std::optional<Id<Member>> member_of_link(database::Read& read, Viewer const& viewer,
                                                       std::string_view token_hash);
void forget_unsubscribe_links(database::Write& write, Time before);
void erase_unsubscribe_links(database::Write& write, Id<Member> member);

}  // namespace kith::notify
