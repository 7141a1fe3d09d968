#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kith::members {

/// `password` as Argon2id keeps it (64 MiB, t=2, salted; RFC 9106, 4). About 70 ms and 64 MiB:
/// on the slow pool only. Throws std::bad_alloc when the memory isn't there.
[[nodiscard]] std::string hash_password(std::string_view password);

/// Whether `hash` was made from `password`, in time that doesn't tell how near it is. As slow.
[[nodiscard]] bool check_password(std::string_view hash, std::string_view password);

/// Why `password` can't be taken, as a key of the catalogue, or nothing: too short (15 characters),
/// too long (1,024 bytes), or one that everybody tries first (OWASP ASVS 5, 6.2). No rules of
/// composition.
[[nodiscard]] std::optional<std::string> password_mistake(std::string_view password);

}  // namespace kith::members
