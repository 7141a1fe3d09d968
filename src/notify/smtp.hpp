#pragma once

#include <stdexcept>
#include <string>

#include "base/clock.hpp"

namespace kith::notify {

/// The mail server to hand mail to.
struct SmtpSettings {
    std::string url;            ///< smtp://host:port (STARTTLS when offered) or smtps://host:port
    std::string user;           ///< empty: no sign-in
    std::string password;
    std::string from_address;
    std::string from_name;      ///< empty is discreet
};

/// One mail, plain text in UTF-8.
struct Mail {
    std::string to;
    std::string subject;
    std::string text;
    std::string message_id;     ///< the same for each try, so that receivers know it again
    Time written_at;
};

/// The server will never take this mail (a 5xx answer, an address that can't be).
class MailRefused final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};
/// The mail may go through later (a 4xx answer, no connection).
class MailDelayed final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Hands `mail` to the server (RFC 5321) and waits for its word, at most limits::mail_time_max.
/// Throws MailRefused or MailDelayed; what() never holds an address or a word of the mail.
void send_mail(SmtpSettings const& settings, Mail const& mail);

/// The mail as it travels (RFC 5322, RFC 2045): headers, then the text in base64. Throws
/// MailRefused when a header would hold a line end.
[[nodiscard]] std::string mail_message(SmtpSettings const& settings, Mail const& mail);

}  // namespace kith::notify
