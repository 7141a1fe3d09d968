#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"

namespace kith::notify {

/// Whether the connection turns to TLS after it began (RFC 3207).
enum class StartTls {
    automatic,  ///< required where a password leaves this machine; else if the server offers it
    required,
    never,
};

/// The mail server that Kith hands its mail to.
struct SmtpSettings {
    std::string url;  ///< smtp://host:port or smtps://host:port
    std::string user;
    std::string password;
    std::string from_address;
    std::string from_name;
    StartTls start_tls = StartTls::automatic;
};

/// A mail of plain text.
struct Mail {
    std::string to;
    std::string subject;
    std::string text;
    std::string message_id;         ///< the part before '@'; the same for the same mail each time
    std::optional<Time> date = {};  ///< of now if there is none
    std::string unsubscribe_url = {};  ///< one POST there unsubscribes (RFC 8058)
    std::vector<std::pair<std::string, std::string>> headers = {};  ///< more, in ASCII
};

/// The server will never take this mail: 5xx, or no valid mail at all. What both say begins with
/// what the host is told in words: "answered 550", "unreachable: …", "not a mail: …".
class MailRefused final : public std::runtime_error {
    using runtime_error::runtime_error;
};

/// It may be taken later: 4xx, no connection, no sign-in.
class MailDelayed final : public std::runtime_error {
    using runtime_error::runtime_error;
};

/// The mail as it is sent (RFC 5322, MIME). Throws MailRefused for an address that isn't one and
/// for line ends where none may be.
[[nodiscard]] std::string mail_source(SmtpSettings const& settings, Mail const& mail, Time now);

/// Hands `mail` to the server; returns once the server has taken it. Blocks up to
/// limits::mail_time_max. Throws MailRefused or MailDelayed, whose words hold no address.
void send_mail(SmtpSettings const& settings, Mail const& mail);

/// Goes as far as the server's door: connects, turns to TLS and signs in as for a mail, and sends
/// none. Throws MailDelayed that says what stands in the way.
void meet_mail_server(SmtpSettings const& settings);

}  // namespace kith::notify
