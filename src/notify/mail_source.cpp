#include <array>
#include <cstdio>
#include <ctime>

#include "base/email.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "notify/mail_encoding.hpp"
#include "notify/smtp.hpp"

namespace kith::notify {
namespace {

/// RFC 5322, 3.3, always in UTC; names of days and months are English whatever the locale.
std::string mail_date(Time time) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    std::time_t const moment = seconds;
    std::tm parts{};
    gmtime_r(&moment, &parts);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d +0000",
                  days.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                  months.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                  parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text.data();
}

bool is_header_name(std::string_view name) {
    return !name.empty() && is_plain_ascii(name) && name.find_first_of(": ") == name.npos;
}

/// A header may never begin another: that is how mail is sent in somebody's name.
void require_one_line(std::string_view value, char const* what) {
    bool const broken = value.find_first_of(std::string_view("\r\n\0", 3)) != value.npos;
    if (broken || value.size() > limits::mail_header_bytes_max || !valid_utf8(value))
        throw MailRefused(std::string("not a mail: the mail's ") + what +
                          " can't stand in a header");
}

void require_plain(std::string_view value, char const* what) {
    require_one_line(value, what);
    if (!is_plain_ascii(value))
        throw MailRefused(std::string("not a mail: the mail's ") + what + " isn't plain ASCII");
}

void check(SmtpSettings const& settings, Mail const& mail) {
    if (!valid_email(mail.to)) throw MailRefused("not a mail: the address isn't one");
    if (!valid_email(settings.from_address))
        throw MailRefused("not a mail: the sender's address isn't one");
    require_one_line(settings.from_name, "sender");
    require_one_line(mail.subject, "subject");
    require_plain(mail.message_id, "id");
    if (mail.message_id.find_first_of("<>@ ") != mail.message_id.npos)
        throw MailRefused("not a mail: the mail's id isn't one word");
    require_plain(mail.unsubscribe_url, "unsubscribe address");
    if (mail.unsubscribe_url.find_first_of("<> ") != mail.unsubscribe_url.npos)
        throw MailRefused("not a mail: the mail's unsubscribe address isn't one");
    for (auto const& [name, value] : mail.headers) {
        if (!is_header_name(name)) throw MailRefused("not a mail: a header's name isn't one");
        require_plain(value, "header");
    }
    if (mail.text.size() > limits::mail_bytes_max)
        throw MailRefused("not a mail: the mail is too long");
}

}  // namespace

std::string mail_source(SmtpSettings const& settings, Mail const& mail, Time now) {
    check(settings, mail);
    std::string const& from = settings.from_address;
    std::string source;
    auto header = [&](std::string_view name, std::string_view value) {
        source.append(name).append(": ").append(value).append("\r\n");
    };
    header("Date", mail_date(mail.date.value_or(now)));
    header("From",
           settings.from_name.empty() ? from : encode_name(settings.from_name) + " <" + from + ">");
    header("To", mail.to);
    header("Subject", encode_words(mail.subject));
    if (!mail.message_id.empty())
        header("Message-ID", "<" + mail.message_id + from.substr(from.find('@')) + ">");
    header("Auto-Submitted", "auto-generated");  // RFC 3834: nobody's holiday answers it
    if (!mail.unsubscribe_url.empty()) {
        header("List-Unsubscribe", "<" + mail.unsubscribe_url + ">");
        header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    for (auto const& [name, value] : mail.headers) header(name, value);
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=utf-8");
    header("Content-Transfer-Encoding", "quoted-printable");
    std::string text = quoted_printable(repaired_utf8(mail.text));
    if (!text.ends_with("\r\n")) text += "\r\n";
    return source + "\r\n" + text;
}

}  // namespace kith::notify
