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

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!special[static_cast<unsigned char>(text[i])]) continue;
        out.append(text, from, i - from);
        out += reference(text[i]);
        from = i + 1;
    }
    out.append(text, from);
}

}  // namespace kith::web
