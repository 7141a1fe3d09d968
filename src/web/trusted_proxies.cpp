#include "web/trusted_proxies.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <optional>
#include <stdexcept>

namespace kith::web {
namespace {

namespace ip = boost::asio::ip;
using boost::beast::iequals;

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// "192.0.2.1", "192.0.2.1:80", "2001:db8::1" or "[2001:db8::1]:80".
std::optional<ip::address> read_address(std::string_view text) {
    if (text.starts_with('['))
        text = text.substr(1, text.find(']') - 1);
    else if (std::ranges::count(text, ':') == 1)
        text = text.substr(0, text.find(':'));
    boost::system::error_code error;
    auto const address = ip::make_address(std::string(text), error);
    if (error) return std::nullopt;
    return without_mapping(address);
}

/// Takes the last item off a list with commas.
std::string_view take_last(std::string_view& list) {
    auto const comma = list.rfind(',');
    auto const item = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
    return trimmed(item);
}

}  // namespace

ip::address without_mapping(ip::address const& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

TrustedProxies::TrustedProxies(std::vector<std::string> const& addresses) {
    for (auto const& text : addresses) {
        auto const address = read_address(text);
        if (!address) throw std::invalid_argument("not the address of a proxy: " + text);
        addresses_.push_back(*address);
    }
}

bool TrustedProxies::trusts(ip::address const& address) const {
    return std::ranges::find(addresses_, address) != addresses_.end();
}

ip::address TrustedProxies::client_behind(HttpRequest const& request, ip::address sender) const {
    // From the last hop backwards: whatever stands before an untrusted one may be made up.
    for (auto line = request.headers.rbegin(); line != request.headers.rend(); ++line) {
        if (!iequals(line->first, "x-forwarded-for")) continue;
        std::string_view list = line->second;
        while (!list.empty()) {
            auto const hop = read_address(take_last(list));
            if (!hop) return sender;
            sender = *hop;
            if (!trusts(sender)) return sender;
        }
    }
    return sender;
}

void TrustedProxies::name_peer(HttpRequest& request, ip::address const& sender) const {
    if (!trusts(sender)) {
        request.peer = sender.to_string();
        return;
    }
    request.peer = client_behind(request, sender).to_string();
    for (auto line = request.headers.rbegin(); line != request.headers.rend(); ++line) {
        if (!iequals(line->first, "x-forwarded-proto")) continue;
        std::string_view list = line->second;
        request.over_tls = iequals(take_last(list), "https");
        return;
    }
}

}  // namespace kith::web
