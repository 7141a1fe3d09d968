#include "members/member_mail.hpp"

#include "members/community.hpp"

namespace kith::members {
namespace {

std::string_view path_of(LinkPurpose purpose) {
    return purpose == LinkPurpose::sign_in ? "/sign-in/link/" : "/sign-in/email/";
}

}  // namespace

std::string language_of(database::Read& read, Account const& account) {
    return account.language.empty() ? community(read).language : account.language;
}

void mail_link(web::Site& site, database::Write& write, Account const& account, LinkPurpose purpose,
               std::string const& email) {
    auto const token = make_link_token(site, write, account.id, purpose, email);
    auto const url = site.settings.public_url + std::string(path_of(purpose)) + token;
    auto const language = language_of(write, account);
    web::OutgoingMail mail;
    mail.to = email;
    mail.subject = site.words.say(language, "members.mail_link_subject");
    mail.text = site.words.say(
        language,
        purpose == LinkPurpose::sign_in ? "members.mail_link" : "members.mail_confirm_email",
        {{"url", url}});
    mail.kind = purpose == LinkPurpose::sign_in ? "sign_in_link" : "confirm_email";
    site.hooks.queue_mail(write, site, std::move(mail));
}

void mail_answer(web::Site& site, database::Write& write, std::string const& language,
                 std::string const& email, std::string const& path) {
    web::OutgoingMail mail;
    mail.to = email;
    mail.subject = site.words.say(language, "members.mail_change_subject");
    mail.text = site.words.say(language, "members.mail_answer",
                               {{"url", site.settings.public_url + path}});
    mail.kind = "join_answer";
    site.hooks.queue_mail(write, site, std::move(mail));
}

void mail_change(web::Site& site, database::Write& write, Account const& account) {
    if (!account.email || !account.email_confirmed_at) return;
    auto const language = language_of(write, account);
    web::OutgoingMail mail;
    mail.to = *account.email;
    mail.subject = site.words.say(language, "members.mail_change_subject");
    mail.text = site.words.say(language, "members.mail_change",
                               {{"url", site.settings.public_url + "/settings/sessions"}});
    mail.kind = "sign_in_change";
    site.hooks.queue_mail(write, site, std::move(mail));
}

}  // namespace kith::members
