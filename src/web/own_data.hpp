#pragma once

#include <functional>

#include "base/viewer.hpp"
#include "database/session.hpp"
#include "web/archive.hpp"

namespace kith::web {

struct Site;

/// Puts everything of a member's own into the archive.
using ExportFor = std::function<void(Site&, database::Read&, Id<Member>, Archive&)>;
/// Erases everything of a member's own, within the deed that erases the member.
using EraseFor = std::function<void(database::Write&, Id<Member>)>;

}  // namespace kith::web
