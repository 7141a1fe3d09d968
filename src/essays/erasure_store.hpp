#pragma once

#include "database/session.hpp"
#include "essays/essay.hpp"

namespace kith::essays {

/// Takes away every word and picture of the member's essays; the rows stay, withdrawn and empty,
/// under addresses that say nothing.
void erase_essays(database::Write& write, Id<Member> member);

}  // namespace kith::essays
