#include "notify/delivery.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "notify/bounces.hpp"
#include "notify/delivery_store.hpp"
#include "notify/notice_settings_store.hpp"
#include "notify/outbox.hpp"
#include "notify/push_jobs.hpp"
#include "notify/telling.hpp"
#include "notify/unsubscribe.hpp"

namespace kith::notify {
namespace {

/// Each sentence with the address where it can be seen; what doesn't fit is in the app.
std::string told_in_full(web::Site const& site, std::string const& language,
                         std::vector<NoticeRow> const& due) {
    std::string text;
    std::size_t const most = std::min(due.size(), limits::notices_in_mail_max);
    for (std::size_t at = 0; at < most; ++at) {
        auto const sentence = full_sentence(site, language, due[at]);
        if (sentence.empty()) continue;
        text += "- " + sentence + "\n  " + site.settings.public_url + due[at].url + "\n";
    }
    return text;
}

web::OutgoingMail mail_of(database::Write& write, web::Site& site, ToldRow const& told,
                          std::vector<NoticeRow> const& due) {
    auto const& words = site.words;
    web::OutgoingMail mail;
    mail.to = *told.address;
    mail.kind = "update";
    mail.unsubscribe_url = make_unsubscribe_url(write, site, told.member);
    // Also of full wording: the subject is what a watched screen shows first.
    mail.subject = words.say(told.language, "notify.mail_subject");
    auto const url = site.settings.public_url + "/notices";
    bool const full = told.wishes().wording == Wording::full && !told.discreet;
    mail.text = words.say(told.language, "notify.mail_text", {{"url", url}});
    if (full) mail.text += "\n" + told_in_full(site, told.language, due);
    mail.text +=
        "\n" + words.say(told.language, "notify.mail_unsubscribe", {{"url", mail.unsubscribe_url}});
    return mail;
}

void deliver_to(database::Write& write, web::Site& site, Id<Member> member) {
    auto const now = site.now();
    auto const told = told_member(write, Viewer::server(), member);
    if (!told) return mark_delivered(write, member, now);
    // What waited when a rest began is in the app; it isn't sent after all when the rest ends.
    if (told->resting) return mark_delivered(write, member, now);
    auto const wishes = told->wishes();
    // Their quiet hours may have changed since it was planned.
    auto const later = web::after_quiet(told->zone, wishes.quiet, now);
    if (later > now) return put_off(write, member, now, later);
    auto const due = due_notices(write, Viewer::server(), member, now);
    mark_delivered(write, member, now);
    if (due.empty()) return;
    bool const by_mail =
        wishes.mail && told->address && !address_refuses(write, Viewer::server(), *told->address);
    if (by_mail) queue_mail(write, site, mail_of(write, site, *told, due));
    if (std::ranges::find(due, NoticeWay::at_once, &NoticeRow::way) != due.end())
        queue_pushes(write, site, member);
}

}  // namespace

void deliver_notices(web::Site& site) {
    auto const members = site.database.read([&](database::Read& read) {
        return members_due(read, Viewer::server(), site.now(), limits::notice_members_at_once);
    });
    for (auto const member : members)
        site.database.write_now([&](database::Write& write) { deliver_to(write, site, member); });
}

void plan_anew(database::Write& write, web::Site& site, Id<Member> member) {
    auto const told = told_member(write, Viewer::server(), member);
    if (!told) return;
    auto const ways = chosen_ways(write, Viewer::server(), member);
    for (auto const& notice : unsent_notices(write, Viewer::server(), member)) {
        auto way = NoticeWay::app;
        for (auto const& kind : site.notice_kinds)
            if (kind.name == notice.kind) way = way_of(kind.by_default);
        if (auto const chosen = ways.find(notice.kind); chosen != ways.end()) way = chosen->second;
        plan_notice(write, notice.id, way, due_at(way, told->wishes(), told->zone, site.now()));
    }
}

}  // namespace kith::notify
