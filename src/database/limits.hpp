#pragma once

#include <cstddef>

namespace kith::limits {

/// Of a session that writes, at most. What it reads again it has mostly written itself; a larger
/// one was slower, and mapping the file besides made its whole size count as this program's memory.
inline constexpr std::size_t writing_cache_bytes = 16ul * 1024 * 1024;

}  // namespace kith::limits
