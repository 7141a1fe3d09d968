#include "notify/smtp.hpp"

#include <curl/curl.h>
#include <sodium.h>

#include <array>
#include <cstring>
#include <ctime>
#include <memory>
#include <string_view>

#include "base/email.hpp"
#include "base/limits.hpp"

namespace kith::notify {
namespace {

constexpr std::size_t base64_line = 76;       // RFC 2045, 6.8
constexpr std::size_t encoded_word_bytes = 45;  // RFC 2047, 2: at most 75 characters encoded

std::string base64(std::string_view bytes) {
    auto const variant = sodium_base64_VARIANT_ORIGINAL;
    std::string out(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<unsigned char const*>(bytes.data()),
                      bytes.size(), variant);
    out.resize(std::strlen(out.c_str()));
    return out;
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// A header's value (RFC 2047), in words that don't split a character.
std::string header_value(std::string_view text) {
    for (char const c : text)
        if (c == '\r' || c == '\n' || c == '\0') throw MailRefused("a header holds a line end");
    if (is_plain_ascii(text) && text.size() < limits::mail_header_bytes_max)
        return std::string(text);
    std::string out;
    while (!text.empty()) {
        auto size = std::min(text.size(), encoded_word_bytes);
        while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
            --size;
        out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return out;
}

std::string date_of(Time at) {
    std::time_t const seconds = std::chrono::system_clock::to_time_t(at);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d +0000",
                  days.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                  months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                  utc.tm_min, utc.tm_sec);
    return text.data();
}

std::string domain_of(std::string_view address) {
    return std::string(address.substr(address.find('@') + 1));
}

struct Sending {
    std::string_view rest;
};

std::size_t give_part(char* buffer, std::size_t size, std::size_t count, void* sending) {
    auto& rest = static_cast<Sending*>(sending)->rest;
    auto const part = std::min(size * count, rest.size());
    std::memcpy(buffer, rest.data(), part);
    rest.remove_prefix(part);
    return part;
}

template <class Value>
void set(CURL* curl, CURLoption option, Value value) {
    if (curl_easy_setopt(curl, option, value) != CURLE_OK)
        throw MailDelayed("the mail client can't be set up");
}

void set_connection(CURL* curl, SmtpSettings const& settings) {
    using std::chrono::milliseconds;
    set(curl, CURLOPT_URL, settings.url.c_str());
    set(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(curl, CURLOPT_NOSIGNAL, 1L);
    set(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_TRY));
    set(curl, CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(milliseconds(limits::mail_connect_time_max).count()));
    set(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(milliseconds(limits::mail_time_max).count()));
    if (settings.user.empty()) return;
    // A password never goes over a line that others can read.
    set(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    set(curl, CURLOPT_USERNAME, settings.user.c_str());
    set(curl, CURLOPT_PASSWORD, settings.password.c_str());
}

void check_result(CURL* curl, CURLcode result) {
    if (result == CURLE_OK) return;
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 500 && status < 600)
        throw MailRefused("the mail server refused it: " + std::to_string(status));
    if (status >= 400) throw MailDelayed("the mail server asks to wait: " + std::to_string(status));
    throw MailDelayed(std::string("the mail server can't be reached: ") +
                      curl_easy_strerror(result));
}

}  // namespace

std::string mail_message(SmtpSettings const& settings, Mail const& mail) {
    auto const name = header_value(settings.from_name);
    std::string message = "Date: " + date_of(mail.written_at) + "\r\n";
    message += "From: " + (name.empty() ? "" : name + " ") + "<" + settings.from_address + ">\r\n";
    message += "To: <" + header_value(mail.to) + ">\r\n";
    message += "Subject: " + header_value(mail.subject) + "\r\n";
    message += "Message-ID: <" + mail.message_id + "@" + domain_of(settings.from_address) + ">\r\n";
    message += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
               "Content-Type: text/plain; charset=utf-8\r\n"
               "Content-Transfer-Encoding: base64\r\n\r\n";
    auto const body = base64(mail.text);
    for (std::size_t at = 0; at < body.size(); at += base64_line)
        message += body.substr(at, base64_line) + "\r\n";
    return message;
}

void send_mail(SmtpSettings const& settings, Mail const& mail) {
    if (!valid_email(mail.to)) throw MailRefused("no mail can be sent to such an address");
    auto const message = mail_message(settings, mail);
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> const curl(curl_easy_init(),
                                                                   &curl_easy_cleanup);
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> const receivers(
        curl_slist_append(nullptr, mail.to.c_str()), &curl_slist_free_all);
    if (!curl || !receivers) throw MailDelayed("the mail client can't be set up");
    Sending sending{message};
    set_connection(curl.get(), settings);
    set(curl.get(), CURLOPT_MAIL_FROM, settings.from_address.c_str());
    set(curl.get(), CURLOPT_MAIL_RCPT, receivers.get());
    set(curl.get(), CURLOPT_UPLOAD, 1L);
    set(curl.get(), CURLOPT_READFUNCTION, &give_part);
    set(curl.get(), CURLOPT_READDATA, static_cast<void*>(&sending));
    check_result(curl.get(), curl_easy_perform(curl.get()));
}

}  // namespace kith::notify
