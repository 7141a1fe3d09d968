#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace kith::tests {

/// A page, as HTML or JSON, without what is drawn anew each time that it is made: the key of a
/// form, and the mark from which its event stream goes on.
[[nodiscard]] inline std::string steady(std::string page) {
    auto const is_drawn = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '-' || c == '_';
    };
    for (std::string_view const before :
         {"name=\"idempotency_key\" value=\"", "\"idempotency_key\":\"", "since="})
        for (auto at = page.find(before); at != std::string::npos; at = page.find(before, at)) {
            at += before.size();
            auto const begin = page.begin() + static_cast<std::ptrdiff_t>(at);
            page.erase(begin, std::find_if_not(begin, page.end(), is_drawn));
        }
    return page;
}

}  // namespace kith::tests
