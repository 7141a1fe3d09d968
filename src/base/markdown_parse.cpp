#include "base/markdown_parse.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/limits.hpp"
#include "base/text.hpp"

namespace kith::markdown {
namespace {

using namespace std::string_view_literals;

std::string_view take_line(std::string_view& rest) {
    std::size_t const end = rest.find('\n');
    std::string_view const line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return line;
}

/// The run of backticks or tildes that opens or closes a fenced code block; empty if there is none.
std::string_view fence_of(std::string_view line) {
    if (line.empty() || (line[0] != '`' && line[0] != '~')) return {};
    std::size_t const length = std::min(line.find_first_not_of(line[0]), line.size());
    if (length < 3) return {};
    bool const inline_code = line[0] == '`' && line.find('`', length) != line.npos;
    return inline_code ? std::string_view{} : line.substr(0, length);
}

/// Follows fenced code that starts at the very left, line by line.
class FenceWatch {
public:
    /// Whether `line` opens, closes or is inside of fenced code.
    bool inside(std::string_view line) {
        // Without indented code, md4c takes a fence at any indent.
        std::size_t const indent = std::min(line.find_first_not_of(" \t"), line.size());
        std::string_view const found = fence_of(line.substr(indent));
        if (open_.empty()) {
            // An indented fence may belong to a list item and end with it: never trusted.
            if (indent == 0 && sure_)
                open_ = found;
            else if (!found.empty())
                sure_ = false;
            return !open_.empty();
        }
        bool const closes = found.size() >= open_.size() && found[0] == open_[0] &&
                            trim(line.substr(indent + found.size())).empty();
        if (closes) open_ = {};
        return true;
    }

private:
    std::string_view open_;
    bool sure_ = true;
};

struct Containers {
    std::size_t count = 0;     ///< markers of quotes and list items at the line's start
    std::size_t column = 0;    ///< where the last one stands
    bool starts_item = false;  ///< the first is a bullet that always ends the paragraph above it
    std::string_view rest;     ///< the line after them
};

/// The length of the container marker that `text` starts with; 0 for none.
std::size_t marker_length(std::string_view text) {
    if (text.starts_with('>')) return 1;
    std::size_t length = std::min(text.find_first_not_of("0123456789"), text.size());
    if (length > 9 || length == text.size()) return 0;
    std::string_view const marks = length == 0 ? "-+*" : ".)";
    if (marks.find(text[length++]) == marks.npos) return 0;
    return length == text.size() || text[length] == ' ' || text[length] == '\t' ? length : 0;
}

Containers containers_of(std::string_view line) {
    Containers found;
    for (std::size_t at = 0;;) {
        at = std::min(line.find_first_not_of(" \t", at), line.size());
        found.rest = line.substr(at);
        std::size_t const length = marker_length(found.rest);
        if (length == 0) return found;
        if (found.count == 0)
            found.starts_item = at < 4 && line.find('\t') >= at && length == 1 && line[at] != '>' &&
                                !trim(found.rest.substr(1)).empty();
        ++found.count;
        found.column = at;
        at += length;
    }
}

/// How many characters of `text` md4c may keep and compare with others of the paragraph.
std::size_t marks_in(std::string_view text) {
    constexpr auto marks = [] {
        std::array<bool, 256> set{};
        for (char c : "[]()*_`<>&\\:@!\""sv) set[static_cast<unsigned char>(c)] = true;
        return set;
    }();
    std::size_t count = 0;
    char before = 0;
    for (char c : text) {
        count += marks[static_cast<unsigned char>(c)] || (c == '.' && before == 'w');
        before = c;
    }
    return count;
}

constexpr std::size_t too_much = parse_cost_max + 1;
constexpr std::size_t depth_max = limits::markdown_depth_max + 4;
constexpr std::size_t column_max = 5 * limits::markdown_depth_max;

constexpr std::array<std::pair<std::string_view, std::string_view>, 26> entities{{
    {"&amp;", "&"},       {"&lt;", "<"},    {"&gt;", ">"},    {"&quot;", "\""},  {"&apos;", "'"},
    {"&nbsp;", "\u00A0"}, {"&ndash;", "–"}, {"&mdash;", "—"}, {"&hellip;", "…"}, {"&lsquo;", "‘"},
    {"&rsquo;", "’"},     {"&ldquo;", "“"}, {"&rdquo;", "”"}, {"&laquo;", "«"},  {"&raquo;", "»"},
    {"&copy;", "©"},      {"&reg;", "®"},   {"&trade;", "™"}, {"&deg;", "°"},    {"&times;", "×"},
    {"&middot;", "·"},    {"&bull;", "•"},  {"&euro;", "€"},  {"&pound;", "£"},  {"&hearts;", "♥"},
    {"&rarr;", "→"},
}};

std::string numeric_entity(std::string_view digits, int base) {
    unsigned value = 0;
    auto const result = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    bool const valid = result.ec == std::errc{} && value >= 0x20 && value <= 0x10FFFF &&
                       !(value >= 0x7F && value < 0xA0) && !(value >= 0xD800 && value < 0xE000);
    std::string text;
    append_utf8(text, valid || value == '\n' || value == '\t' ? value : 0xFFFDu);
    return text;
}

bool is_plain_address_byte(unsigned char c) {
    return c > 0x20 && c < 0x7F && "\"'<>\\^`{|}"sv.find(static_cast<char>(c)) == ""sv.npos;
}

}  // namespace

std::vector<Part> parts_of(std::string_view source) {
    std::vector<Part> parts{{Part::Kind::plain, {}, source.substr(0, 0)}};
    FenceWatch fence;
    auto extend = [&](std::string_view line) {
        std::string_view& to = parts.back().source;
        if (to.empty()) to = line;
        to = {to.data(), static_cast<std::size_t>(line.data() + line.size() - to.data())};
    };
    for (std::string_view rest = source; !rest.empty();) {
        std::string_view const line = take_line(rest);
        std::string_view const words = line.starts_with(":::") ? trim(line.substr(3)) : ""sv;
        bool const inside = parts.back().kind != Part::Kind::plain;
        bool const marks = !fence.inside(line) && line.starts_with(":::");
        if (marks && inside && words.empty()) {
            parts.push_back({Part::Kind::plain, {}, rest.substr(0, 0)});
        } else if (marks && !inside && (words == "note" || words.starts_with("note "))) {
            std::string_view const note = trim(words.substr(4));
            parts.push_back(
                {Part::Kind::note,
                 std::string(first_code_points(note, limits::content_note_characters_max)),
                 {}});
        } else if (marks && !inside && words == "pull") {
            parts.push_back({Part::Kind::pull, {}, {}});
        } else {
            extend(line);
        }
    }
    return parts;
}

std::size_t parse_cost(std::string_view source) {
    FenceWatch fence;
    std::size_t cost = source.size() * 20;
    std::size_t marks = 0;
    std::size_t bytes = 0;
    auto end_paragraph = [&] { cost += std::exchange(marks, 0) * std::exchange(bytes, 0); };
    while (!source.empty() && cost <= parse_cost_max) {
        std::string_view const line = take_line(source);
        if (fence.inside(line)) {
            end_paragraph();
            continue;
        }
        Containers const containers = containers_of(line);
        if (containers.count > depth_max || containers.column > column_max) return too_much;
        // A marker with nothing after it doesn't end a paragraph; a quote's empty line does.
        bool const blank = line.find_first_not_of(" \t>") == line.npos;
        if (containers.starts_item || blank) end_paragraph();
        marks += marks_in(line);
        bytes += line.size() + 1;
    }
    end_paragraph();
    return cost;
}

std::string entity_text(std::string_view entity) {
    if (entity.starts_with("&#") && entity.ends_with(';')) {
        bool const hex = entity.size() > 3 && (entity[2] == 'x' || entity[2] == 'X');
        std::size_t const from = hex ? 3 : 2;
        return numeric_entity(entity.substr(from, entity.size() - from - 1), hex ? 16 : 10);
    }
    auto const* const known =
        std::ranges::find(entities, entity, &std::pair<std::string_view, std::string_view>::first);
    return std::string(known == entities.end() ? entity : known->second);
}

std::string attribute_text(MD_ATTRIBUTE const& attribute) {
    std::string text;
    for (std::size_t i = 0; attribute.size > 0 && attribute.substr_offsets[i] < attribute.size;
         ++i) {
        MD_OFFSET const from = attribute.substr_offsets[i];
        std::string_view const piece(attribute.text + from, attribute.substr_offsets[i + 1] - from);
        if (attribute.substr_types[i] == MD_TEXT_ENTITY)
            text += entity_text(piece);
        else if (attribute.substr_types[i] == MD_TEXT_NULLCHAR)
            text += "\uFFFD";
        else
            text += piece;
    }
    return text;
}

bool is_safe_address(std::string_view target) {
    if (target.empty()) return false;
    // A browser drops tabs and newlines from an address before it looks at the scheme.
    auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (std::ranges::any_of(target, control)) return false;
    std::string const start = lower_ascii(target.substr(0, 8));
    constexpr std::array<std::string_view, 4> schemes{"http://", "https://", "mailto:", "tel:"};
    auto const leads = [&](std::string_view scheme) {
        return start.starts_with(scheme) && target.size() > scheme.size() &&
               target[scheme.size()] != '/' && target[scheme.size()] != '\\';
    };
    if (target[0] == '/') return target.size() == 1 || "/\\"sv.find(target[1]) == ""sv.npos;
    return std::ranges::any_of(schemes, leads);
}

std::string safe_link(std::string_view target) {
    if (target.size() > limits::link_bytes_max || !is_safe_address(target)) return {};
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string link;
    for (char c : target) {
        auto const byte = static_cast<unsigned char>(c);
        if (is_plain_address_byte(byte))
            link += c;
        else
            link.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
    return link;
}

bool is_own_picture(std::string_view target) {
    if (!target.starts_with("/files/") || target.size() > limits::link_bytes_max) return false;
    return target.find("..") == target.npos && std::ranges::all_of(target, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      "/._-"sv.find(c) != ""sv.npos;
           });
}

}  // namespace kith::markdown
