// Headers whose values strangers write: Accept and its like, Cookie, Origin, X-Forwarded-For. One
// a line, in that order.
#include <algorithm>
#include <array>

#include "require.hpp"
#include "web/cross_site.hpp"
#include "web/negotiate.hpp"
#include "web/trusted_proxies.hpp"

namespace {

using namespace kith;

void check_cookies(std::string_view cookies) {
    auto const value = web::cookie_in(cookies, "__Host-kith");
    fuzz::require(value.find(';') == value.npos, "a cookie's value ends at its semicolon");
    fuzz::require(cookies.find(value) != cookies.npos, "a cookie's value was sent");
}

void check_language(std::string_view header) {
    static std::array<std::string, 3> const offered{"en", "de", "ar"};
    auto const language = web::preferred_language(header, offered);
    fuzz::require(std::ranges::count(offered, language) == 1, "the language is one on offer");
}

void check_peer(web::HttpRequest request, std::string_view sender) {
    static web::TrustedProxies const proxies({"127.0.0.1", "::1", "192.0.2.1"});
    boost::system::error_code error;
    auto const trusted = boost::asio::ip::make_address("127.0.0.1");
    auto const address = boost::asio::ip::make_address(std::string(sender), error);
    proxies.name_peer(request, error ? trusted : address);
    boost::asio::ip::make_address(request.peer, error);
    fuzz::require(!error, "the peer is an address");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    auto lines = fuzz::text_of(data, size);
    static_cast<void>(web::preferred_face(fuzz::take_line(lines)));
    check_language(fuzz::take_line(lines));
    static_cast<void>(web::preferred_encoding(fuzz::take_line(lines)));
    check_cookies(fuzz::take_line(lines));
    web::HttpRequest request;
    for (auto const name :
         {"origin", "sec-fetch-site", "host", "x-forwarded-for", "x-forwarded-proto"})
        request.headers.emplace_back(name, fuzz::take_line(lines));
    if (web::from_another_site(request, "https://kith.example"))
        fuzz::require(
            !request.header("origin").empty() || !request.header("sec-fetch-site").empty(),
            "a program that says nothing of its origin may post");
    check_peer(std::move(request), fuzz::take_line(lines));
    return 0;
}
