#include "members/member_mail.hpp"

#include "members/community.hpp"

namespace kith::members {
namespace {

std::string_view path_of(LinkPurpose purpose) {
    return purpose == LinkPurpose::sign_in ? "/sign-in/link/" : "/sign-in/email/";
}

struct LinkMail {
    std::string language;
    LinkPurpose purpose;
    std::string to;
    std::string token;
};

void queue_link(web::Site& site, database::Write& write, LinkMail const& link) {
    bool const signs_in = link.purpose == LinkPurpose::sign_in;
    auto const url = site.settings.public_url + std::string(path_of(link.purpose)) + link.token;
    web::OutgoingMail mail;
    mail.to = link.to;
    mail.subject = site.words.say(link.language, "members.mail_link_subject");
    mail.text =
        site.words.say(link.language, signs_in ? "members.mail_link" : "members.mail_confirm_email",
                       {{"url", url}});
    mail.kind = signs_in ? "sign_in_link" : "confirm_email";
    site.hooks.queue_mail(write, site, std::move(mail));
}

}  // namespace

void mail_link(web::Site& site, database::Write& write, Account const& account, LinkPurpose purpose,
               std::string const& email) {
    auto const token = make_link_token(site, write, account.id, purpose, email);
    queue_link(site, write, {language_of(write, account), purpose, email, token});
}

void mail_link_to_nobody(web::Site& site, database::Write& write) {
    auto const token = make_link_to_nowhere(site, write);
    queue_link(site, write, {language_of(write, Account{}), LinkPurpose::sign_in, "", token});
}

void mail_answer(web::Site& site, database::Write& write, std::string const& language,
                 std::string const& email, std::string const& path) {
    web::OutgoingMail mail;
    mail.to = email;
    mail.subject = site.words.say(language, "members.mail_change_subject");
    mail.text =
        site.words.say(language, "members.mail_answer", {{"url", site.settings.public_url + path}});
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
