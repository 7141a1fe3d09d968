#pragma once

#include <filesystem>

#include "base/random.hpp"
#include "base/seal.hpp"

namespace kith::web {

/// The server's secret from `directory`/secret.key, made there on the first start (mode 0600).
/// Throws std::runtime_error when it can't be read or kept.
[[nodiscard]] Seal::Key read_or_make_secret(std::filesystem::path const& directory, Random& random);

}  // namespace kith::web
