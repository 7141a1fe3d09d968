#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/public_id.hpp"

namespace kith::notify {

/// A mail that hasn't arrived, as the host sees it: what it was for, never what it said.
struct MailLine {
    PublicId id;
    std::string kind;
    std::string what;       ///< the kind in words
    std::string recipient;  ///< with its name covered: "a…@example.org"; empty once forgotten
    bool dead = false;
    bool may_retry = false;  ///< it is dead, but its address isn't forgotten
    std::int64_t attempts = 0;
    std::string last_error;
    std::string why;  ///< the last error in words
    Time queued_at;
};
BOOST_DESCRIBE_STRUCT(MailLine, (),
                      (id, kind, what, recipient, dead, may_retry, attempts, last_error, why,
                       queued_at))

/// The host's page of mail that waits or couldn't be sent.
struct MailPage {
    static constexpr std::string_view page = "notify/mail";
    bool server_set = false;
    std::vector<MailLine> mails;
};
BOOST_DESCRIBE_STRUCT(MailPage, (), (server_set, mails))

/// "anna@example.org" as "a…@example.org"; nothing of nothing.
[[nodiscard]] std::string covered(std::string const& address);

}  // namespace kith::notify
