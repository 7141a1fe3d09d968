#include "notify/push_send.hpp"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include "base/limits.hpp"

namespace kith::notify {
namespace {

namespace ip = boost::asio::ip;

struct FreeEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeText {
    void operator()(char* text) const { curl_free(text); }
};

struct Network {
    char const* address;
    unsigned short length;
};

// RFC 6890 and its successors: what isn't globally reachable.
constexpr std::array special_v4{
    Network{"0.0.0.0", 8},      Network{"10.0.0.0", 8},     Network{"100.64.0.0", 10},
    Network{"127.0.0.0", 8},    Network{"169.254.0.0", 16}, Network{"172.16.0.0", 12},
    Network{"192.0.0.0", 24},   Network{"192.0.2.0", 24},   Network{"192.88.99.0", 24},
    Network{"192.168.0.0", 16}, Network{"198.18.0.0", 15},  Network{"198.51.100.0", 24},
    Network{"203.0.113.0", 24}, Network{"224.0.0.0", 3},
};
// Of global unicast, 2000::/3, what leads elsewhere: Teredo and its kin, documentation, 6to4.
constexpr std::array special_v6{
    Network{"2001::", 23},
    Network{"2001:db8::", 32},
    Network{"2002::", 16},
    Network{"3fff::", 20},
};

template <class Address>
bool begins_alike(Address const& one, Address const& other, unsigned length) {
    auto const first = one.to_bytes();
    auto const second = other.to_bytes();
    for (std::size_t at = 0; at < first.size() && length > 0; ++at) {
        unsigned const bits = std::min(length, 8U);
        auto const mask = static_cast<unsigned char>(0xFFU << (8 - bits));
        if ((first[at] & mask) != (second[at] & mask)) return false;
        length -= bits;
    }
    return true;
}

bool is_public_v4(ip::address_v4 const& address) {
    return std::ranges::none_of(special_v4, [&](Network const& network) {
        return begins_alike(address, ip::make_address_v4(network.address), network.length);
    });
}

bool is_public_v6(ip::address_v6 const& address) {
    bool const global = begins_alike(address, ip::make_address_v6("2000::"), 3);
    return global && std::ranges::none_of(special_v6, [&](Network const& network) {
               return begins_alike(address, ip::make_address_v6(network.address), network.length);
           });
}

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    std::unique_ptr<char, FreeText> const kept(text);
    return text;
}

using Url = std::unique_ptr<CURLU, FreeUrl>;

Url parsed(std::string const& endpoint) {
    Url url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, endpoint.c_str(), 0) != CURLUE_OK)
        return nullptr;
    return url;
}

bool is_allowed(ip::address const& address, PushReach reach) {
    return is_public_address(address) || (reach == PushReach::loopback && address.is_loopback());
}

/// What a connection may lead to, and whether one was refused.
struct Gate {
    PushReach reach;
    bool refused = false;
};

std::optional<ip::address> address_in(curl_sockaddr const& socket) {
    if (socket.family == AF_INET) {
        sockaddr_in plain{};
        std::copy_n(reinterpret_cast<char const*>(&socket.addr), sizeof plain,
                    reinterpret_cast<char*>(&plain));
        return ip::address_v4(ntohl(plain.sin_addr.s_addr));
    }
    if (socket.family == AF_INET6) {
        sockaddr_in6 plain{};
        std::copy_n(reinterpret_cast<char const*>(&socket.addr), sizeof plain,
                    reinterpret_cast<char*>(&plain));
        ip::address_v6::bytes_type bytes;
        std::copy_n(plain.sin6_addr.s6_addr, bytes.size(), bytes.begin());
        return ip::address_v6(bytes);
    }
    return std::nullopt;
}

/// Asked for the very address that is connected to: a name may lead elsewhere each time.
curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* to) {
    auto& gate = *static_cast<Gate*>(data);
    auto const address = address_in(*to);
    if (!address || !is_allowed(*address, gate.reach)) {
        gate.refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

using Headers = std::unique_ptr<curl_slist, FreeList>;

Headers headers_of(PushPost const& post) {
    curl_slist* list = nullptr;
    for (auto const& line :
         {std::string("Content-Type: application/octet-stream"),
          std::string("Content-Encoding: aes128gcm"),
          "TTL: " + std::to_string(post.keep_for.count()), std::string("Urgency: normal"),
          "Topic: " + post.topic, "Authorization: " + post.authorization, std::string("Expect:")})
        list = curl_slist_append(list, line.c_str());
    return Headers(list);
}

PushAnswer answer_of(long status) {
    if (status >= 200 && status < 300) return PushAnswer::taken;
    if (status == 404 || status == 410) return PushAnswer::gone;
    if (status == 429 || status >= 500) return PushAnswer::later;
    return PushAnswer::refused;
}

}  // namespace

bool is_public_address(ip::address const& address) {
    return address.is_v4() ? is_public_v4(address.to_v4()) : is_public_v6(address.to_v6());
}

bool is_push_endpoint(std::string const& endpoint, PushReach reach) {
    if (endpoint.empty() || endpoint.size() > limits::push_endpoint_bytes_max) return false;
    auto const url = parsed(endpoint);
    if (!url) return false;
    auto const scheme = part_of(url.get(), CURLUPART_SCHEME);
    auto host = part_of(url.get(), CURLUPART_HOST);
    bool const plain = scheme == "http" && reach == PushReach::loopback;
    bool const bare = part_of(url.get(), CURLUPART_USER).empty() &&
                      part_of(url.get(), CURLUPART_PASSWORD).empty() &&
                      part_of(url.get(), CURLUPART_FRAGMENT).empty();
    if ((scheme != "https" && !plain) || host.empty() || !bare) return false;
    if (host.front() == '[') host = host.substr(1, host.size() - 2);
    boost::system::error_code is_name;
    auto const address = ip::make_address(host, is_name);
    if (!is_name) return is_allowed(address, reach);
    // A name of one word is one of the network here.
    return host.find('.') != std::string::npos && !host.ends_with(".local") &&
           !host.ends_with(".localhost") && !host.ends_with(".internal");
}

std::string origin_of(std::string const& endpoint) {
    auto const url = parsed(endpoint);
    if (!url) return {};
    auto const port = part_of(url.get(), CURLUPART_PORT);
    return part_of(url.get(), CURLUPART_SCHEME) + "://" + part_of(url.get(), CURLUPART_HOST) +
           (port.empty() ? "" : ":" + port);
}

PushAnswer post_push(PushPost const& post) {
    if (!is_push_endpoint(post.endpoint, post.reach)) return PushAnswer::refused;
    std::unique_ptr<CURL, FreeEasy> const handle(curl_easy_init());
    auto const headers = headers_of(post);
    if (!handle || !headers) return PushAnswer::later;
    Gate gate{post.reach};
    auto const set = [&](CURLoption option, auto value) {
        return curl_easy_setopt(handle.get(), option, value) == CURLE_OK;
    };
    using std::chrono::milliseconds;
    auto const in_ms = [](milliseconds time) { return static_cast<long>(time.count()); };
    bool const fine =
        set(CURLOPT_URL, post.endpoint.c_str()) &&
        set(CURLOPT_PROTOCOLS_STR, post.reach == PushReach::loopback ? "https,http" : "https") &&
        set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_PROXY, "") && set(CURLOPT_FOLLOWLOCATION, 0L) &&
        set(CURLOPT_CONNECTTIMEOUT_MS, in_ms(limits::push_connect_time_max)) &&
        set(CURLOPT_TIMEOUT_MS, in_ms(limits::push_time_max)) &&
        set(CURLOPT_OPENSOCKETFUNCTION, open_socket) && set(CURLOPT_OPENSOCKETDATA, &gate) &&
        set(CURLOPT_WRITEFUNCTION, drop) && set(CURLOPT_POST, 1L) &&
        set(CURLOPT_HTTPHEADER, headers.get()) && set(CURLOPT_POSTFIELDS, post.body.data()) &&
        set(CURLOPT_POSTFIELDSIZE, static_cast<long>(post.body.size()));
    if (!fine) return PushAnswer::later;
    auto const result = curl_easy_perform(handle.get());
    if (gate.refused) return PushAnswer::refused;
    if (result != CURLE_OK) return PushAnswer::later;
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    return answer_of(status);
}

}  // namespace kith::notify
