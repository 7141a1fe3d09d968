#include "essays/markdown_escape.hpp"

#include <algorithm>

namespace kith::essays {
namespace {

using namespace std::string_view_literals;

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Where `line` has a character that would begin a block: a heading, list, quote, rule or fold.
std::size_t block_mark(std::string_view line) {
    if (line.empty()) return line.npos;
    std::size_t const digits = std::min(line.find_first_not_of("0123456789"), line.size());
    bool const numbered =
        digits > 0 && digits < 10 && digits < line.size() && ".)"sv.find(line[digits]) != ""sv.npos;
    if (numbered && (digits + 1 == line.size() || line[digits + 1] == ' ')) return digits;
    bool const bullet = "+-"sv.find(line[0]) != ""sv.npos &&
                        (line.size() == 1 || line[1] == ' ' || line[1] == line[0]);
    bool const other = "#=~"sv.find(line[0]) != ""sv.npos || line.starts_with(":::");
    return bullet || other ? 0 : line.npos;
}

/// Whether the mark at `at` could be read as markup where it stands.
bool is_mark(std::string_view line, std::size_t at) {
    char const c = line[at];
    char const before = at > 0 ? line[at - 1] : ' ';
    char const after = at + 1 < line.size() ? line[at + 1] : ' ';
    switch (c) {
        case '\\':
        case '`':
        case '*':
        case '[':
        case ']':
        case '<':
        case '>': return true;
        // Inside a word it is only itself, and in an address a backslash would be a part of it.
        case '_': return !(is_word(before) && is_word(after));
        case '&': return is_word(after) || after == '#';
        default: return false;
    }
}

}  // namespace

std::string escape_markdown(std::string_view line) {
    std::string out;
    std::size_t const block = block_mark(line);
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (at == block || is_mark(line, at)) out += '\\';
        out += line[at];
    }
    return out;
}

}  // namespace kith::essays
