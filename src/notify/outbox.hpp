#pragma once

#include "database/session.hpp"
#include "web/mail.hpp"
#include "web/site.hpp"

namespace kith::notify {

/// Queues a mail within a deed: a row and a job, both kept or neither.
void queue_mail(database::Write& write, web::Site& site, web::OutgoingMail const& mail);

}  // namespace kith::notify
