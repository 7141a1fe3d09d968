#include "base/text.hpp"

#include <cstdint>
#include <cstring>

#include "base/limits.hpp"
#include "base/transliterate.hpp"

namespace kith {
namespace {

constexpr std::string_view spaces = " \t\r\n\f\v";
constexpr std::string_view no_break_space = "\u00A0";
constexpr char32_t replacement = 0xFFFD;

std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    if (lead >= 0xF0 && lead < 0xF5) return 4;
    return 0;
}

bool is_ascii_word(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_control(char32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
}

/// Whether a name's letter can stand for it: no space, no punctuation, no combining or joining
/// mark.
bool can_be_initial(char32_t c) {
    if (c < 0x80) return is_ascii_word(c);
    if (c < 0xC0 || c == 0xD7 || c == 0xF7) return false;
    bool combining = (c >= 0x0300 && c < 0x0370) || (c >= 0xFE00 && c < 0xFE10);
    return !combining && !(c >= 0x2000 && c < 0x2070) && c != 0x3000 && c != replacement;
}

/// Capitals of the scripts that have them where most names come from: Latin, Greek, Cyrillic.
char32_t upper(char32_t c) {
    if (c >= 'a' && c <= 'z') return c - 32;
    if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 32;
    if (c >= 0x100 && c <= 0x137) return c & ~char32_t{1};
    if (c >= 0x139 && c <= 0x148) return c % 2 == 0 ? c - 1 : c;
    if (c >= 0x14A && c <= 0x177) return c & ~char32_t{1};
    if (c >= 0x179 && c <= 0x17E) return c % 2 == 0 ? c - 1 : c;
    if (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) return c - 32;
    if (c >= 0x430 && c <= 0x44F) return c - 32;
    if (c >= 0x450 && c <= 0x45F) return c - 80;
    return c;
}

std::optional<char32_t> initial_of(std::string_view word) {
    while (!word.empty()) {
        auto c = next_code_point(word);
        if (c && can_be_initial(*c)) return upper(*c);
    }
    return std::nullopt;
}

/// Most of most texts: eight bytes at a time.
void skip_ascii(std::string_view& rest) {
    constexpr std::uint64_t not_ascii = 0x8080'8080'8080'8080;
    std::uint64_t bytes = 0;
    while (rest.size() >= sizeof bytes) {
        std::memcpy(&bytes, rest.data(), sizeof bytes);
        if ((bytes & not_ascii) != 0) return;
        rest.remove_prefix(sizeof bytes);
    }
}

}  // namespace

std::optional<char32_t> next_code_point(std::string_view& rest) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    std::size_t const length = sequence_length(byte(0));
    if (length == 1) {
        char32_t const c = byte(0);
        rest.remove_prefix(1);
        return c;
    }
    bool valid = length != 0 && rest.size() >= length;
    char32_t c = valid ? byte(0) & (0xFFu >> (length + 1)) : 0;
    for (std::size_t i = 1; valid && i < length; ++i) {
        valid = (byte(i) & 0xC0) == 0x80;
        c = (c << 6) | (byte(i) & 0x3F);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    valid = valid && c >= least[length] && c <= 0x10FFFF && !(c >= 0xD800 && c < 0xE000);
    rest.remove_prefix(valid ? length : 1);
    return valid ? std::optional(c) : std::nullopt;
}

void append_utf8(std::string& out, char32_t c) {
    auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

bool valid_utf8(std::string_view text) {
    for (skip_ascii(text); !text.empty(); skip_ascii(text))
        if (!next_code_point(text)) return false;
    return true;
}

std::string repaired_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        char32_t const c = next_code_point(text).value_or(replacement);
        if (!is_control(c)) append_utf8(out, c);
    }
    return out;
}

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) (void)next_code_point(text);
    return count;
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
    std::string_view rest = text;
    for (; count > 0 && !rest.empty(); --count) (void)next_code_point(rest);
    return text.substr(0, text.size() - rest.size());
}

std::string_view trim(std::string_view text) {
    for (;;) {
        if (text.empty()) return text;
        if (spaces.find(text.front()) != text.npos)
            text.remove_prefix(1);
        else if (text.starts_with(no_break_space))
            text.remove_prefix(no_break_space.size());
        else
            break;
    }
    for (;;) {
        if (spaces.find(text.back()) != text.npos)
            text.remove_suffix(1);
        else if (text.ends_with(no_break_space))
            text.remove_suffix(no_break_space.size());
        else
            return text;
    }
}

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::string slug_of(std::string_view title) {
    std::string slug;
    bool gap = false;
    while (!title.empty()) {
        char32_t const c = next_code_point(title).value_or(' ');
        if (is_apostrophe(c)) continue;
        std::string const letters = lower_ascii(transliterate(c));
        if (letters.empty()) {
            gap = !is_combining_mark(c) || gap;
            continue;
        }
        if (gap && !slug.empty()) slug += '-';
        gap = false;
        slug += letters;
    }
    if (slug.size() > limits::slug_characters_max) {
        // Cut between words where that leaves most of it.
        std::size_t const cut = slug.rfind('-', limits::slug_characters_max);
        slug.resize(cut != slug.npos && cut > limits::slug_characters_max / 2
                        ? cut
                        : limits::slug_characters_max);
    }
    return slug.empty() ? "untitled" : slug;
}

std::string initials_of(std::string_view name) {
    std::optional<char32_t> first;
    std::optional<char32_t> last;
    while (!name.empty()) {
        std::size_t const end = std::min(name.find_first_of(spaces), name.size());
        if (auto const initial = initial_of(name.substr(0, end))) {
            (first ? last : first) = initial;
        }
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    if (!first) return "?";
    std::string out;
    append_utf8(out, *first);
    if (last) append_utf8(out, *last);
    return out;
}

int tint_of(PublicId const& id) {
    constexpr unsigned tints = 6;
    unsigned sum = 0;
    for (char c : id.text()) sum = sum * 31 + static_cast<unsigned char>(c);
    return static_cast<int>(sum % tints) + 1;
}

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 16);
    for (char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

}  // namespace kith
