#include "notify/mail_encoding.hpp"

#include <sodium.h>

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace kith::notify {
namespace {

constexpr std::size_t word_bytes_max = 45;  // 60 characters of base64, under RFC 2047's 75
constexpr std::size_t line_characters_max = 76;
constexpr std::string_view hex = "0123456789ABCDEF";

std::string base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), 0);
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the terminating NUL
    return text;
}

std::string encoded_words(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t length = 0;
        // A character is never cut in two.
        for (std::string_view rest = text; !rest.empty();) {
            (void)next_code_point(rest);
            if (text.size() - rest.size() > word_bytes_max) break;
            length = text.size() - rest.size();
        }
        out += (out.empty() ? "=?utf-8?B?" : "\r\n =?utf-8?B?") + base64(text.substr(0, length)) +
               "?=";
        text.remove_prefix(length);
    }
    return out;
}

}  // namespace

bool is_plain_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string encode_words(std::string_view text) {
    bool const plain = is_plain_ascii(text) && text.size() <= line_characters_max - 20 &&
                       text.find("=?") == text.npos;
    return plain ? std::string(text) : encoded_words(text);
}

std::string encode_name(std::string_view name) {
    if (!is_plain_ascii(name) || name.size() > line_characters_max - 20) return encoded_words(name);
    std::string quoted = "\"";
    for (char c : name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

std::string quoted_printable(std::string_view text) {
    std::string out;
    std::size_t column = 0;
    auto put = [&](std::string_view piece) {
        if (column + piece.size() > line_characters_max - 1) {
            out += "=\r\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '\r') continue;
        if (c == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        bool const last = at + 1 == text.size() || text[at + 1] == '\n' || text[at + 1] == '\r';
        bool const space = (c == ' ' || c == '\t') && !last;
        bool const plain = (byte > 0x20 && byte < 0x7F && c != '=') || space;
        // Neither "From " nor a dot at a line's start, which old servers alter.
        bool const altered = column == 0 && (c == '.' || c == 'F');
        if (plain && !altered)
            put(text.substr(at, 1));
        else
            put(std::string{'=', hex[byte >> 4], hex[byte & 15]});
    }
    return out;
}

}  // namespace kith::notify
