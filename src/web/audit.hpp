#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/seal.hpp"
#include "database/session.hpp"

namespace kith::web {

/// Adds an entry to the record of security events and of power used: sign-ins, roles, holds.
/// Each entry's SHA-256 covers the one before it, so that a change shows. `who` and `about` are
/// keyed hashes of members, no names: see audit_mark.
void note_audit(database::Write& write, Time at, std::string_view what, std::string_view who,
                std::string_view about);

/// A member as the record names them: a keyed hash, the same each time.
[[nodiscard]] std::string audit_mark(Seal const& seal, Id<Member> member);

/// When `what` was last noted, if it is in the record.
[[nodiscard]] std::optional<Time> last_audit(database::Read& read, std::string_view what);

/// The outcome of checking the whole chain.
struct AuditCheck {
    std::int64_t entries = 0;
    std::optional<std::int64_t> broken_at;  ///< the first entry that doesn't follow
    std::string head;
};

/// Checks every entry of the record against the one before it.
[[nodiscard]] AuditCheck verify_audit(database::Read& read);

/// Removes entries older than 12 months; the oldest that is left begins the chain.
void forget_old_audit(database::Write& write, Time now);

}  // namespace kith::web
