#include "notify/outbox.hpp"

#include "database/jobs.hpp"
#include "notify/mail_jobs.hpp"
#include "notify/mail_store.hpp"

namespace kith::notify {

void queue_mail(database::Write& write, web::Site& site, web::OutgoingMail const& mail) {
    auto const id = add_mail(write, PublicId::make(site.random), mail, site.now());
    database::enqueue(write, std::string(send_mail_job), std::to_string(id.value), site.now());
}

}  // namespace kith::notify
