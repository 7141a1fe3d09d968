#pragma once

#include <string>
#include <string_view>

#include "notify/smtp.hpp"
#include "web/site.hpp"

namespace kith::notify {

inline constexpr std::string_view send_mail_job = "send_mail";

/// The mail server that the host has set.
[[nodiscard]] SmtpSettings smtp_settings(web::MailSettings const& mail);

/// Sends the mail whose key is `payload`; what can't be sent now is tried again ever later, for
/// about three days, then it is dead and waits for the host. Sent or dead already: nothing.
void send_queued_mail(web::Site& site, std::string const& payload);

/// Forgets what was settled more than a month ago.
void forget_old_mail(web::Site& site);

}  // namespace kith::notify
