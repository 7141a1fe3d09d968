#pragma once

#include <string>
#include <string_view>

#include "web/negotiate.hpp"

namespace kith::web {

/// Quick for an answer that is sent once; thorough for one that is kept.
enum class Effort { quick, thorough };

/// `bytes` in `encoding` (RFC 7932, RFC 1952).
[[nodiscard]] std::string compress(std::string_view bytes, Encoding encoding, Effort effort);

}  // namespace kith::web
