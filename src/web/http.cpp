#include "web/http.hpp"

#include <algorithm>

namespace kith::web {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same_name(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view sentence_for(unsigned status) {
    switch (status) {
        case 400: return "This request can't be understood.\n";
        case 405: return "This method isn't answered here.\n";
        case 408: return "The request took too long to arrive.\n";
        case 413: return "The request is too large.\n";
        case 417: return "This expectation can't be met.\n";
        case 431: return "The request's headers are too large.\n";
        case 501: return "This transfer coding isn't understood.\n";
        case 503: return "Too many connections just now. Please try again soon.\n";
        case 505: return "Only HTTP/1.1 and HTTP/1.0 are spoken here.\n";
        default: return "Something went wrong on our side.\n";
    }
}

}  // namespace

std::string_view header(Headers const& headers, std::string_view name) {
    for (auto const& [key, value] : headers)
        if (same_name(key, name)) return value;
    return {};
}

std::string_view cookie_in(std::string_view cookies, std::string_view name) {
    while (!cookies.empty()) {
        auto const end = std::min(cookies.find(';'), cookies.size());
        auto pair = cookies.substr(0, end);
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
            return pair.substr(name.size() + 1);
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
    }
    return {};
}

HttpResponse plain_response(unsigned status) {
    HttpResponse response;
    response.status = status;
    for (auto const& [name, value] : base_security_headers)
        response.headers.emplace_back(name, value);
    response.headers.emplace_back("content-type", "text/plain; charset=utf-8");
    response.headers.emplace_back("cache-control", "no-store");
    if (status == 405) response.headers.emplace_back("allow", "GET, HEAD, POST");
    if (status == 503) response.headers.emplace_back("retry-after", "10");
    response.static_body = sentence_for(status);
    response.close = true;
    return response;
}

}  // namespace kith::web
