#include <curl/curl.h>

#include <memory>
#include <optional>
#include <thread>

#include "notify/mail_jobs.hpp"
#include "upkeep/checks.hpp"
#include "upkeep/limits.hpp"
#include "web/bus.hpp"

namespace kith::upkeep {
namespace {

using enum Verdict;

constexpr auto look_again = std::chrono::milliseconds(20);

struct FreeEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

/// How one look at an address ended; the connection is closed again.
struct Seen {
    CURLcode result = CURLE_FAILED_INIT;
    std::optional<Time> ends_at;  ///< of the address's own certificate
};

/// The end of the first certificate.
std::optional<Time> end_of_certificate(CURL* curl) {
    curl_certinfo* all = nullptr;
    if (curl_easy_getinfo(curl, CURLINFO_CERTINFO, &all) != CURLE_OK || all == nullptr ||
        all->num_of_certs < 1)
        return std::nullopt;
    for (auto const* line = all->certinfo[0]; line != nullptr; line = line->next) {
        constexpr std::string_view name = "Expire date:";
        std::string_view const text(line->data);
        if (!text.starts_with(name)) continue;
        auto const seconds = curl_getdate(text.substr(name.size()).data(), nullptr);
        if (seconds >= 0) return Time(std::chrono::seconds(seconds));
    }
    return std::nullopt;
}

enum class Trust { as_a_browser, anybody };

Seen look_at(std::string const& url, Trust trust, std::string const& trusted_file) {
    std::unique_ptr<CURL, FreeEasy> const handle(curl_easy_init());
    if (!handle) return {};
    auto const time = std::chrono::milliseconds(limits::outside_time_max).count();
    auto* const curl = handle.get();
    bool const checks = trust == Trust::as_a_browser;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(time));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, checks ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, checks ? 2L : 0L);
    if (!trusted_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, trusted_file.c_str());
    auto const result = curl_easy_perform(curl);
    return {result, end_of_certificate(curl)};
}

}  // namespace

Finding check_mail_server(web::MailSettings const& mail) {
    if (mail.url.empty()) return {"mail_server", warn, "mail_server_none"};
    try {
        notify::meet_mail_server(notify::smtp_settings(mail));
    } catch (notify::MailDelayed const& delay) {
        return {"mail_server", fail, "mail_server_closed", delay.what()};
    }
    return {"mail_server", ok, "mail_server_fine"};
}

Finding check_bus_at(std::string const& urls) {
    auto const bus = web::open_nats(urls, "doctor", [](std::string_view) {});
    auto const end = std::chrono::steady_clock::now() + limits::outside_time_max;
    while (!bus->is_there() && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(look_again);
    return check_bus(bus->is_there());
}

Finding check_certificate(std::string const& public_url, Time now,
                          std::string const& trusted_file) {
    if (!public_url.starts_with("https://")) return {"certificate", ok, "certificate_none"};
    auto const unreachable = [](CURLcode result) {
        return Finding{"certificate", warn, "certificate_unreachable", curl_easy_strerror(result)};
    };
    // First without judging it, to learn when it ends.
    auto const any = look_at(public_url, Trust::anybody, trusted_file);
    if (any.result != CURLE_OK || !any.ends_at) return unreachable(any.result);
    auto const days = std::chrono::floor<std::chrono::days>(*any.ends_at - now).count();
    if (*any.ends_at <= now) return {"certificate", fail, "certificate_ended", {}, -days};
    auto const judged = look_at(public_url, Trust::as_a_browser, trusted_file);
    if (judged.result == CURLE_PEER_FAILED_VERIFICATION)
        return {"certificate", fail, "certificate_untrusted", curl_easy_strerror(judged.result)};
    if (judged.result != CURLE_OK) return unreachable(judged.result);
    if (days < limits::certificate_days_min)
        return {"certificate", warn, "certificate_ends", {}, days};
    return {"certificate", ok, "certificate_fine", {}, days};
}

}  // namespace kith::upkeep
