#include "web/escape.hpp"

#include <array>

namespace kith::web {

namespace {

constexpr auto special = [] {
    std::array<bool, 256> table{};
    for (char const c : {'&', '<', '>', '"', '\''}) table[static_cast<unsigned char>(c)] = true;
    return table;
}();

std::string_view reference(char c) {
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        default: return "&#39;";
    }
}

bool is_special(char c) { return special[static_cast<unsigned char>(c)]; }

/// The place of the next special character from `at` on, or the end. Most text has none, so it is
/// looked through in pieces, without a branch for each.
std::size_t next_special(std::string_view text, std::size_t at) {
    constexpr std::size_t piece = 8;
    for (; at + piece <= text.size(); at += piece) {
        bool found = false;
        for (std::size_t i = 0; i < piece; ++i) found |= is_special(text[at + i]);
        if (found) break;
    }
    while (at < text.size() && !is_special(text[at])) ++at;
    return at;
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
    std::size_t from = 0;
    for (auto i = next_special(text, 0); i < text.size(); i = next_special(text, i + 1)) {
        out.append(text, from, i - from);
        out += reference(text[i]);
        from = i + 1;
    }
    out.append(text, from);
}

}  // namespace kith::web
