#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::web {

/// The verbs that Kith answers; any other gets 405.
enum class Verb { get, head, post };

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The first value of header `name` (ASCII case doesn't matter), or empty.
[[nodiscard]] std::string_view header(Headers const& headers, std::string_view name);

/// The value of the first cookie `name` in a Cookie header (RFC 6265, 4.2.1), or empty.
[[nodiscard]] std::string_view cookie_in(std::string_view cookies, std::string_view name);

/// A request as read from the wire, whole and within limits.
struct HttpRequest {
    Verb verb = Verb::get;
    std::string target;  ///< path and query as sent; always begins with one '/', never "//"
    Headers headers;     ///< in the order sent; no name or value holds CR, LF or NUL
    std::string body;
    std::string peer;       ///< the network address; the forwarded one behind a trusted proxy
    bool over_tls = false;  ///< X-Forwarded-Proto of a trusted proxy said https

    [[nodiscard]] std::string_view header(std::string_view name) const {
        return web::header(headers, name);
    }
};

/// A message to an event stream, shared by all who get it.
struct LiveMessage {
    std::string id;                            ///< what Last-Event-ID will say
    std::shared_ptr<std::string const> frame;  ///< "id: …\nevent: …\ndata: …\n\n", as sent
    std::int64_t place = 0;  ///< in the order of its thing's news, where nodes share them
};

class LiveSubscription;  // from LiveHub::subscribe

/// An answer to be sent as an event stream: `missed` first, then what the subscription receives
/// (but not again what was in `missed`, where a message without a frame was had before).
struct EventStream {
    std::shared_ptr<LiveSubscription> subscription;
    std::vector<LiveMessage> missed;
};

/// What is sent back. Content-Length, Date and Connection are the transport's own to add.
struct HttpResponse {
    unsigned status = 200;
    Headers headers;
    std::shared_ptr<std::string const> body;  ///< null for none; never copied by the transport
    std::string_view static_body;             ///< instead: bytes that live as long as the program
    std::optional<EventStream> stream;        ///< instead of a body
    bool close = false;                       ///< close the connection after this answer
};

/// What every answer carries; a page replaces only the content policy by its own.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 5> base_security_headers{
    {
        {"content-security-policy",
         "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"},
        {"x-content-type-options", "nosniff"},
        {"referrer-policy", "no-referrer"},
        {"cross-origin-opener-policy", "same-origin"},
        {"cross-origin-resource-policy", "same-origin"},
    }};

/// The transport's own tiny answer with `status`, in plain text; the connection closes after it.
[[nodiscard]] HttpResponse plain_response(unsigned status);

}  // namespace kith::web
