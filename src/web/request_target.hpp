#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kith::web {

/// Where a request goes: path and query, and the host when the target itself named one.
struct RequestTarget {
    std::string path_and_query;
    std::string host;  ///< of an absolute-form target: it counts instead of the Host header
    bool operator==(RequestTarget const&) const = default;
};

/// Reads origin-form and absolute-form (RFC 9112, 3.2); nothing for all else. A path that begins
/// with "//" or "/\" is refused: echoed as a redirect, it would lead to another site.
[[nodiscard]] std::optional<RequestTarget> read_target(std::string_view target);

/// Whether `host` looks like a name or address with an optional port (RFC 9110, 7.2).
[[nodiscard]] bool is_host(std::string_view host);

}  // namespace kith::web
