#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"

namespace kith::members {

/// Argon2id of `password` (64 MiB, 2 passes) as a line to keep. Takes about 70 ms: slow pool only.
[[nodiscard]] std::string hash_password(std::string_view password);

/// Whether `password` is the one of `hash`; false for a hash that can't be read. As slow.
[[nodiscard]] bool check_password(std::string_view hash, std::string_view password);

/// Whether `hash` was made with other costs than today's and is to be made anew at sign-in.
[[nodiscard]] bool needs_new_hash(std::string_view hash);

/// As slow as check_password() and always wrong: for a sign-in whose account doesn't exist.
void check_no_password(std::string_view password);

/// What a guesser would try first, besides lists: names of the person and of the community.
struct PasswordContext {
    std::vector<std::string> names;
    std::size_t characters_min = limits::password_characters_min;
};

/// What keeps `password` from being good, as a key of the words catalogue; nothing if it is good.
/// No rules of composition: length, and not what everybody tries.
/// password.short, password.long, password.common, password.pattern, password.name
[[nodiscard]] std::optional<std::string> password_mistake(std::string_view password,
                                                          PasswordContext const& context = {});

}  // namespace kith::members
