#pragma once

#include <string>

namespace kith::web {

/// A mail to be sent once the deed is durable. Neutral by rule: no names, no words of members.
struct OutgoingMail {
    std::string to;
    std::string subject;
    std::string text;
    std::string kind;              ///< what it is for: "sign_in_link", "thanks"
    bool forget_address = false;   ///< the address is wiped once it was sent or given up
};

}  // namespace kith::web
