#include "notify/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/limits.hpp"

namespace kith::notify {
namespace {

struct FreeEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

template <typename Value>
void set(CURL* handle, CURLoption option, Value value) {
    if (curl_easy_setopt(handle, option, value) != CURLE_OK)
        throw MailDelayed("libcurl doesn't know an option of its own");
}

std::size_t read_source(char* to, std::size_t size, std::size_t count, void* data) {
    std::string_view& rest = *static_cast<std::string_view*>(data);
    std::size_t const length = std::min(size * count, rest.size());
    std::memcpy(to, rest.data(), length);
    rest.remove_prefix(length);
    return length;
}

long milliseconds(std::chrono::milliseconds time) { return static_cast<long>(time.count()); }

/// Whether `url` leads to this machine, where nobody listens in between.
bool is_loopback(std::string_view url) {
    std::string_view const host = url.substr(std::min(url.find("://") + 3, url.size()));
    return host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]");
}

long tls_of(SmtpSettings const& settings) {
    switch (settings.start_tls) {
        case StartTls::required: return CURLUSESSL_ALL;
        case StartTls::never: return CURLUSESSL_NONE;
        case StartTls::automatic: break;
    }
    if (settings.url.starts_with("smtps://")) return CURLUSESSL_ALL;
    if (is_loopback(settings.url)) return CURLUSESSL_NONE;
    return settings.user.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL;
}

/// The server's own "no" to this mail, not to us: what a host can set right is worth another try.
bool is_refusal(CURLcode result, long answer) {
    bool const about_us = answer == 530 || answer == 534 || answer == 535 || answer == 538;
    bool const connection = result == CURLE_LOGIN_DENIED || result == CURLE_COULDNT_CONNECT ||
                            result == CURLE_OPERATION_TIMEDOUT || result == CURLE_USE_SSL_FAILED;
    return answer >= 500 && answer < 600 && !about_us && !connection;
}

using Easy = std::unique_ptr<CURL, FreeEasy>;

/// A connection as every mail takes it; `url` must outlive it.
Easy door_of(SmtpSettings const& settings, std::string const& url) {
    Easy handle(curl_easy_init());
    if (!handle) throw MailDelayed("libcurl can't start");
    set(handle.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(handle.get(), CURLOPT_URL, url.c_str());
    set(handle.get(), CURLOPT_USE_SSL, tls_of(settings));
    set(handle.get(), CURLOPT_NOSIGNAL, 1L);
    set(handle.get(), CURLOPT_PROXY, "");
    set(handle.get(), CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits::mail_connect_time_max));
    set(handle.get(), CURLOPT_TIMEOUT_MS, milliseconds(limits::mail_time_max));
    if (!settings.user.empty()) {
        set(handle.get(), CURLOPT_USERNAME, settings.user.c_str());
        set(handle.get(), CURLOPT_PASSWORD, settings.password.c_str());
    }
    return handle;
}

/// After the server's name stands what we call ourselves; not this machine's own name.
std::string url_of(SmtpSettings const& settings) {
    return settings.url.substr(0, settings.url.find_last_not_of('/') + 1) + "/" +
           settings.from_address.substr(settings.from_address.find('@') + 1);
}

/// What went wrong. Only the code: a server's sentence often repeats the address.
std::string fault_of(CURLcode result, long answer) {
    return answer > 0 ? "answered " + std::to_string(answer)
                      : "unreachable: " + std::string(curl_easy_strerror(result));
}

long answer_of(CURL* handle) {
    long answer = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer);
    return answer;
}

}  // namespace

void send_mail(SmtpSettings const& settings, Mail const& mail) {
    std::string const source = mail_source(settings, mail, SystemClock().now());
    std::string const url = url_of(settings);
    std::string const from = "<" + settings.from_address + ">";
    std::string const to = "<" + mail.to + ">";
    std::unique_ptr<curl_slist, FreeList> const recipients(curl_slist_append(nullptr, to.c_str()));
    std::string_view rest = source;
    auto const handle = door_of(settings, url);
    set(handle.get(), CURLOPT_MAIL_FROM, from.c_str());
    set(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
    set(handle.get(), CURLOPT_UPLOAD, 1L);
    set(handle.get(), CURLOPT_READFUNCTION, read_source);
    set(handle.get(), CURLOPT_READDATA, &rest);
    CURLcode const result = curl_easy_perform(handle.get());
    if (result == CURLE_OK) return;
    long const answer = answer_of(handle.get());
    if (is_refusal(result, answer)) throw MailRefused(fault_of(result, answer));
    throw MailDelayed(fault_of(result, answer));
}

void meet_mail_server(SmtpSettings const& settings) {
    std::string const url = url_of(settings);
    auto const handle = door_of(settings, url);
    set(handle.get(), CURLOPT_CUSTOMREQUEST, "NOOP");
    set(handle.get(), CURLOPT_NOBODY, 1L);
    CURLcode const result = curl_easy_perform(handle.get());
    if (result != CURLE_OK) throw MailDelayed(fault_of(result, answer_of(handle.get())));
}

}  // namespace kith::notify
