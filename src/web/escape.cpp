#include "web/escape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

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

using Eight [[gnu::vector_size(8)]] = char;
using Sixteen [[gnu::vector_size(16)]] = char;

/// Whether one of the characters from `at` on is special; all that `Piece` holds are compared at
/// once.
template <class Piece>
bool has_special(char const* at) {
    Piece text;
    std::memcpy(&text, at, sizeof text);
    Piece const found =
        (text == '&') | (text == '<') | (text == '>') | (text == '"') | (text == '\'');
    std::array<std::uint64_t, sizeof(Piece) / sizeof(std::uint64_t)> words{};
    std::memcpy(words.data(), &found, sizeof found);
    std::uint64_t any = 0;
    for (auto const word : words) any |= word;
    return any != 0;
}

/// Whether `text`, which is as long as a Piece at least, has none that is special. The last piece
/// may overlap the one before.
template <class Piece>
bool is_plain(std::string_view text) {
    auto const* const last = text.data() + text.size() - sizeof(Piece);
    for (auto const* at = text.data(); at < last; at += sizeof(Piece))
        if (has_special<Piece>(at)) return false;
    return !has_special<Piece>(last);
}

/// Most text has nothing to escape, so it is looked through in pieces, without a branch for each
/// character.
bool is_plain(std::string_view text) {
    if (text.size() >= 16) return is_plain<Sixteen>(text);
    if (text.size() >= 8) return is_plain<Eight>(text);
    return std::none_of(text.begin(), text.end(), is_special);
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
    if (is_plain(text)) {
        out += text;
        return;
    }
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_special(text[i])) continue;
        out.append(text, from, i - from);
        out += reference(text[i]);
        from = i + 1;
    }
    out.append(text, from);
}

}  // namespace kith::web
