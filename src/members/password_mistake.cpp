#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <string>

#include "base/text.hpp"
#include "members/password.hpp"
#include "resources/members.hpp"

namespace kith::members {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kinds_of_character_min = 5;
constexpr std::size_t own_characters_min = 8;  ///< beside names and common words
constexpr std::size_t known_word_min = 4;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Lower case, with the letters that digits and signs usually stand for.
std::string folded(std::string_view text) {
    std::string out = lower_ascii(text);
    for (char& c : out) {
        constexpr std::string_view from = "013457@$!|8";
        constexpr std::string_view to = "oieastasiib";
        if (std::size_t const at = from.find(c); at != from.npos) c = to[at];
    }
    return out;
}

std::string letters_and_digits(std::string_view text) {
    std::string out;
    for (char c : lower_ascii(text))
        if (is_letter(c) || is_digit(c)) out += c;
    return out;
}

/// How many different characters there are.
std::size_t kinds_of_character(std::string_view text) {
    return std::set<char>(text.begin(), text.end()).size();
}

/// Whether it is one piece again and again, the last time perhaps cut.
bool repeats(std::string_view text) {
    for (std::size_t length = 1; length <= text.size() / 2; ++length)
        if (text.substr(length) == text.substr(0, text.size() - length)) return true;
    return false;
}

/// Whether `b` follows `a` in the alphabet, in the digits, or on a keyboard's row; or is the same.
bool follows(char a, char b) {
    constexpr std::array rows{"1234567890"sv, "qwertyuiop"sv, "asdfghjkl"sv, "zxcvbnm"sv,
                              "qwertzuiop"sv, "azertyuiop"sv, "yxcvbnm"sv};
    if (std::abs(a - b) <= 1) return true;
    return std::ranges::any_of(rows, [&](std::string_view row) {
        std::size_t const at = row.find(a);
        std::size_t const to = row.find(b);
        return at != row.npos && to != row.npos && (at > to ? at - to : to - at) == 1;
    });
}

/// Whether at most a few of its steps are a person's own.
bool is_sequence(std::string_view text) {
    std::size_t own = 0;
    for (std::size_t i = 1; i < text.size(); ++i) own += !follows(text[i - 1], text[i]);
    return own <= text.size() / 4;
}

/// Takes every occurrence of `word` out of `text`.
void take_out(std::string& text, std::string_view word) {
    for (std::size_t at = 0; (at = text.find(word, at)) != text.npos;) text.erase(at, word.size());
}

std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, is_letter));
}

std::string_view common_passwords() {
    for (Resource const& resource : members_resources())
        if (resource.path == "data/common-passwords.txt") return resource.bytes;
    return {};
}

/// Whether it is on the list, or little more than one or two entries of it strung together.
bool is_common(std::string_view password) {
    // Folded first: the signs that stand for letters are letters then.
    std::string left = letters_and_digits(folded(password));
    std::string const whole = left;
    for (std::string_view rest = common_passwords(); !rest.empty();) {
        std::size_t const end = std::min(rest.find('\n'), rest.size());
        std::string_view const entry = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (entry.empty() || entry.starts_with('#')) continue;
        std::string const word = folded(entry);
        if (word == whole) return true;
        if (word.size() >= known_word_min) take_out(left, word);
    }
    return left.size() < own_characters_min && left.size() * 2 < whole.size();
}

/// Whether little is left of it without the names of `context` and their parts.
bool is_name(std::string_view password, PasswordContext const& context) {
    std::string left = letters_and_digits(password);
    std::size_t const before = left.size();
    for (std::string const& name : context.names) {
        std::string const whole = letters_and_digits(name);
        if (whole.size() >= known_word_min) take_out(left, whole);
        for (std::string_view rest = name; !rest.empty();) {
            std::size_t const end = std::min(rest.find_first_of(" -_.@,"), rest.size());
            std::string const part = letters_and_digits(rest.substr(0, end));
            if (part.size() >= known_word_min) take_out(left, part);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return left.size() < before && letters(left) < own_characters_min;
}

}  // namespace

std::optional<std::string> password_mistake(std::string_view password,
                                            PasswordContext const& context) {
    if (password.size() > limits::password_bytes_max) return "password.long";
    if (code_points(password) < context.characters_min) return "password.short";
    std::string const lower = lower_ascii(password);
    if (kinds_of_character(lower) < kinds_of_character_min || repeats(lower) || is_sequence(lower))
        return "password.pattern";
    if (is_name(password, context)) return "password.name";
    if (is_common(password)) return "password.common";
    return std::nullopt;
}

}  // namespace kith::members
