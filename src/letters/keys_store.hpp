#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::letters {

/// What everybody who writes to a member needs of their keys.
struct PublicKey {
    std::string recipient;   ///< for whom to seal
    std::string verify_key;  ///< by what to know who signed
    std::string proof;       ///< that both are one member's
    bool operator==(PublicKey const&) const = default;
};
BOOST_DESCRIBE_STRUCT(PublicKey, (), (recipient, verify_key, proof))

/// A member's own keys, as their browser wrapped them.
struct OwnKeys {
    std::string recipient;
    std::string verify_key;
    std::string proof;
    std::string by_passphrase;
    std::string by_code;
    Time made_at{};
};
BOOST_DESCRIBE_STRUCT(OwnKeys, (), (recipient, verify_key, proof, by_passphrase, by_code, made_at))

/// The viewer's own.
[[nodiscard]] std::optional<OwnKeys> own_keys(database::Read& read, Viewer const& viewer);
/// The public ones of a member whom the viewer exchanges letters with now.
[[nodiscard]] std::optional<PublicKey> key_of(database::Read& read, Viewer const& viewer,
                                              Id<Member> member);
/// Keeps the keys in the place of any before; notes that were sealed for those go with them.
void keep_keys(database::Write& write, Viewer const& viewer, OwnKeys const& keys);
/// Keeps the same keys under other wraps, of which an empty one stays as it is; false when the
/// viewer's keys are others by now.
[[nodiscard]] bool rewrap_keys(database::Write& write, Viewer const& viewer, OwnKeys const& keys);

/// What a member's browsers remember, sealed.
struct Notes {
    std::int64_t version = 0;
    std::string sealed;
};
BOOST_DESCRIBE_STRUCT(Notes, (), (version, sealed))
[[nodiscard]] Notes own_notes(database::Read& read, Viewer const& viewer);
/// Keeps notes that follow those of `notes.version - 1`; false when others came first.
[[nodiscard]] bool keep_notes(database::Write& write, Viewer const& viewer, Notes const& notes);

}  // namespace kith::letters
