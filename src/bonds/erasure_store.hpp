#pragma once

#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::bonds {

/// Erases what a member gave, offered, chose and wrote, and what others gave them.
void erase_bonds(database::Write& write, Id<Member> member);

}  // namespace kith::bonds
