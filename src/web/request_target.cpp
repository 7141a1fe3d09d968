#include "web/request_target.hpp"

#include <algorithm>

namespace kith::web {
namespace {

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_target_byte(char c) { return c > ' ' && c < '\x7f' && c != '#'; }

bool is_path(std::string_view path) {
    if (!path.starts_with('/') || path.starts_with("//") || path.starts_with("/\\")) return false;
    return std::all_of(path.begin(), path.end(), is_target_byte);
}

/// What follows "http://" or "https://", in any case; empty for other targets.
std::string_view after_scheme(std::string_view target) {
    auto const colon = target.find("://");
    if (colon > 5) return {};  // or there is none
    std::string scheme(target.substr(0, colon));
    for (auto& c : scheme)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    if (scheme != "http" && scheme != "https") return {};
    return target.substr(colon + 3);
}

}  // namespace

bool is_host(std::string_view host) {
    constexpr std::string_view others = "-._~:[]%";
    return std::all_of(host.begin(), host.end(), [&](char c) {
        return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
    });
}

std::optional<RequestTarget> read_target(std::string_view target) {
    if (is_path(target)) return RequestTarget{std::string(target), {}};
    auto const rest = after_scheme(target);
    auto const host = rest.substr(0, rest.find_first_of("/?#\\"));
    if (host.empty() || !is_host(host)) return std::nullopt;
    auto const behind = rest.substr(host.size());
    auto path = std::string(behind.starts_with('/') ? "" : "/").append(behind);
    if (!is_path(path)) return std::nullopt;
    return RequestTarget{std::move(path), std::string(host)};
}

}  // namespace kith::web
