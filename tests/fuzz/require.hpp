#pragma once

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace kith::fuzz {

/// Ends the program, and so fails the target, unless `fine`.
inline void require(bool fine, std::string_view promise) {
    if (fine) return;
    std::cerr << "broken: " << promise << '\n';
    std::abort();
}

/// What libFuzzer gives, as text.
inline std::string_view text_of(unsigned char const* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are seen as characters
    return {reinterpret_cast<char const*>(data), size};
}

/// Takes the first line off `text`.
inline std::string_view take_line(std::string_view& text) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return line;
}

}  // namespace kith::fuzz
