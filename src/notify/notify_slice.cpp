#include "notify/notify_slice.hpp"

#include "base/limits.hpp"
#include "notify/bounces.hpp"
#include "notify/delivery.hpp"
#include "notify/mail_jobs.hpp"
#include "notify/mail_routes.hpp"
#include "notify/mail_store.hpp"
#include "notify/mail_views.hpp"
#include "notify/notice_export.hpp"
#include "notify/notice_routes.hpp"
#include "notify/notice_settings.hpp"
#include "notify/notice_store.hpp"
#include "notify/notice_views.hpp"
#include "notify/outbox.hpp"
#include "notify/push_jobs.hpp"
#include "notify/push_routes.hpp"
#include "notify/push_store.hpp"
#include "notify/telling.hpp"
#include "notify/unsubscribe.hpp"
#include "notify/unsubscribe_store.hpp"
#include "resources/notify.hpp"

namespace kith::notify {
namespace {

using namespace std::chrono_literals;

web::Probe fixed(std::string_view path) {
    return {path, [path](database::Read&) { return std::vector{std::string(path)}; }};
}

std::vector<web::Probe> all_probes() {
    return {fixed("/host/mail"),
            fixed("/notices"),
            fixed("/settings/notices"),
            fixed("/push-worker.js"),
            {"/unsubscribe/{token}",
             [](database::Read&) { return std::vector{"/unsubscribe/" + std::string(43, 'A')}; }}};
}

std::vector<web::Route> all_routes() {
    std::vector<web::Route> routes;
    for (auto const& part : {mail_routes(), notice_routes(), notice_settings_routes(),
                             unsubscribe_routes(), push_routes()})
        routes.insert(routes.end(), part.begin(), part.end());
    return routes;
}

/// Forgets what has had its time.
void sweep(web::Site& site, std::string const&) {
    forget_old_mail(site);
    forget_old_notices(site);
    site.database.write_now([&](database::Write& write) {
        forget_unsubscribe_links(write, site.now() - limits::unsubscribe_link_age_max);
        forget_addresses(write);
        forget_subscriptions(write);
    });
}

void erase_own(database::Write& write, Id<Member> member) {
    delete_mail_to(write, member);
    erase_address_of(write, member);
    erase_unsubscribe_links(write, member);
    erase_subscriptions(write, member);
    erase_notices(write, member);
}

}  // namespace

web::Slice notify_slice() {
    return {
        .name = "notify",
        .resources = notify_resources(),
        .routes = all_routes(),
        .pages = {web::page<MailPage>(), web::page<NoticesPage>(), web::page<NoticeSettingsPage>(),
                  web::page<UnsubscribePage>()},
        .jobs = {{send_mail_job, send_queued_mail},
                 {send_push_job, send_queued_push},
                 {"forget_old_mail", sweep, 24h},
                 {"deliver_notices",
                  [](web::Site& site, std::string const&) { deliver_notices(site); }, 60s}},
        .commands = mail_commands(),
        .today = notice_cards,
        .notices = {{address_refuses_notice, web::NoticeDefault::app}},
        .export_for = web::ExportFor(export_notices),
        .erase_for = web::EraseFor(erase_own),
        .probes = all_probes(),
    };
}

void add_notify_hooks(web::SiteHooks& hooks) {
    hooks.queue_mail = [](database::Write& write, web::Site& site, web::OutgoingMail const& mail) {
        queue_mail(write, site, mail);
    };
    hooks.tell = tell;
    hooks.untell = untell;
    hooks.forget_told = forget_told;
    hooks.furnish = [before = hooks.furnish](web::Call& call, web::Shell& shell) {
        before(call, shell);
        light_lamp(call, shell);
    };
}

}  // namespace kith::notify
