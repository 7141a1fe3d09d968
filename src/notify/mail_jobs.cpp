#include "notify/mail_jobs.hpp"

#include <charconv>
#include <chrono>

#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "notify/bounces.hpp"
#include "notify/mail_store.hpp"
#include "notify/smtp.hpp"

namespace kith::notify {
namespace {

Id<Mailing> mail_key(std::string const& payload) {
    Id<Mailing> id;
    std::from_chars(payload.data(), payload.data() + payload.size(), id.value);
    return id;
}

/// 1, 2, 4 … minutes, at most six hours.
std::chrono::minutes wait_after(std::int64_t attempts) {
    constexpr std::int64_t longest = 360;
    return std::chrono::minutes(
        std::min<std::int64_t>(longest, 1LL << std::min<std::int64_t>(attempts, 9)));
}

void try_later(web::Site& site, MailRow const& mail, std::string const& error) {
    bool const give_up = mail.attempts + 1 >= static_cast<std::int64_t>(limits::mail_attempts_max);
    site.database.write_now([&](database::Write& write) {
        if (give_up) return settle_mail(write, mail, MailState::dead, error, site.now());
        note_delay(write, mail.id, error);
        database::enqueue(write, std::string(send_mail_job), std::to_string(mail.id.value),
                          site.now() + wait_after(mail.attempts));
    });
}

}  // namespace

SmtpSettings smtp_settings(web::MailSettings const& mail) {
    SmtpSettings smtp;
    smtp.url = mail.url;
    smtp.user = mail.user;
    smtp.password = mail.password;
    smtp.from_address = mail.from_address;
    smtp.from_name = mail.from_name;
    return smtp;
}

void send_queued_mail(web::Site& site, std::string const& payload) {
    auto const mail = site.database.read([&](database::Read& read) {
        return mail_by_id(read, Viewer::server(), mail_key(payload));
    });
    if (!mail || mail->state != MailState::waiting) return;
    if (mail->recipient.empty()) {
        // To nobody, from the beginning: it was written so that asking costs the same for anyone.
        return site.database.write_now([&](database::Write& write) {
            settle_mail(write, *mail, MailState::sent, "", site.now());
        });
    }
    if (site.settings.mail.url.empty()) {
        // Without a mail server nothing is lost: it waits, and each try counts for nothing.
        site.database.write_now([&](database::Write& write) {
            database::enqueue(write, std::string(send_mail_job), payload,
                              site.now() + std::chrono::minutes(5));
        });
        return;
    }
    Mail letter;
    letter.to = mail->recipient;
    letter.subject = mail->subject;
    letter.text = mail->body;
    // The same id each time: a mail that is sent again after a crash is known as the same one.
    letter.message_id = mail->public_id.text();
    letter.date = mail->queued_at;
    letter.unsubscribe_url = mail->unsubscribe_url;
    try {
        send_mail(smtp_settings(site.settings.mail), letter);
    } catch (MailDelayed const& delay) {
        return try_later(site, *mail, delay.what());
    } catch (MailRefused const& refusal) {
        return site.database.write_now([&](database::Write& write) {
            settle_mail(write, *mail, MailState::dead, refusal.what(), site.now());
            // Only the server's own "no" says something about the address.
            if (std::string_view(refusal.what()).starts_with("answered 5"))
                note_refused(write, site, mail->recipient);
        });
    }
    site.database.write_now([&](database::Write& write) {
        settle_mail(write, *mail, MailState::sent, "", site.now());
        note_taken(write, mail->recipient);
    });
}

void forget_old_mail(web::Site& site) {
    site.database.write_now([&](database::Write& write) {
        forget_settled_mail(write, site.now() - std::chrono::hours(31 * 24));
    });
}

}  // namespace kith::notify
