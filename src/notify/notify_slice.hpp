#pragma once

#include "web/site.hpp"
#include "web/slice.hpp"

namespace kith::notify {

/// Mail on its way, and the host's page of what didn't arrive.
[[nodiscard]] web::Slice notify_slice();

/// How rooms below this one queue mail: SiteHooks::queue_mail.
[[nodiscard]] std::function<void(database::Write&, web::Site&, web::OutgoingMail)> mail_hook();

}  // namespace kith::notify
