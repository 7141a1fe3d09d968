#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "web/http.hpp"

namespace kith::web {

/// `moment` as RFC 9110, 5.6.7 writes it: "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] std::string http_date(std::chrono::sys_seconds moment);

/// What the client hears of the connection's future.
enum class ConnectionWord { none, close, keep_alive };

/// The bytes of the body that `response` names, wherever they live.
[[nodiscard]] std::string_view body_of(HttpResponse const& response);
/// Whether an answer with this status may have a body (RFC 9110, 6.4.1).
[[nodiscard]] bool may_have_body(unsigned status);
/// False when a name or value holds CR, LF or NUL: sent as it is, it would split the answer.
[[nodiscard]] bool headers_are_safe(Headers const& headers);

/// Appends the head of `response` to `out`, up to and with the empty line. `date` is http_date's.
void append_head(std::string& out, HttpResponse const& response, std::string_view date,
                 ConnectionWord word);

}  // namespace kith::web
