#pragma once

#include <string>

namespace kith::web {

/// How mail leaves: any SMTP server. Without a url mail waits in the queue.
struct MailSettings {
    std::string url;  ///< smtp://host:port or smtps://host:port
    std::string user;
    std::string password;
    std::string from_address = "no-reply@localhost";
    std::string from_name;  ///< empty is discreet
};

/// A mail to be sent once the deed is durable. Neutral by rule: no names, no words of members.
struct OutgoingMail {
    std::string to;  ///< empty: to nobody; it costs what any mail costs, and goes nowhere
    std::string subject;
    std::string text;
    std::string kind;                  ///< what it is for: "sign_in_link", "thanks"
    bool forget_address = false;       ///< the address is wiped once it was sent or given up
    std::string unsubscribe_url = {};  ///< one POST there ends mail of this kind (RFC 8058)
};

}  // namespace kith::web
