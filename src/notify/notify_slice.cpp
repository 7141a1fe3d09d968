#include "notify/notify_slice.hpp"

#include "notify/mail_jobs.hpp"
#include "notify/mail_routes.hpp"
#include "notify/mail_store.hpp"
#include "notify/mail_views.hpp"
#include "notify/outbox.hpp"
#include "resources/notify.hpp"

namespace kith::notify {
namespace {

std::vector<std::string> mail_page_path(database::Read&) { return {"/host/mail"}; }

}  // namespace

web::Slice notify_slice() {
    return {
        .name = "notify",
        .resources = notify_resources(),
        .routes = mail_routes(),
        .pages = {web::page<MailPage>()},
        .jobs = {{send_mail_job, send_queued_mail},
                 {"forget_old_mail",
                  [](web::Site& site, std::string const&) { forget_old_mail(site); },
                  std::chrono::hours(24)}},
        // Mail says nothing of anybody: only the address that it went to is a member's own.
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor(delete_mail_to),
        .probes = std::vector<web::Probe>{{"/host/mail", mail_page_path}},
    };
}

std::function<void(database::Write&, web::Site&, web::OutgoingMail)> mail_hook() {
    return [](database::Write& write, web::Site& site, web::OutgoingMail mail) {
        queue_mail(write, site, mail);
    };
}

}  // namespace kith::notify
