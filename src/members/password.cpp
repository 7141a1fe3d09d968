#include "members/password.hpp"

#include <sodium.h>

#include <array>
#include <new>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "resources/members.hpp"

namespace kith::members {
namespace {

constexpr unsigned long long argon_passes = 2;
constexpr std::size_t argon_bytes = 64 * 1024 * 1024;
constexpr std::size_t different_characters_min = 5;
constexpr std::string_view breached_file = "data/breached-passwords.txt";

/// Lower case without what people add to pass a rule: "Password-Password-1" is "passwordpassword".
std::string bare(std::string_view password) {
    std::string letters;
    for (char const c : password) {
        bool const upper = c >= 'A' && c <= 'Z';
        bool const lower = c >= 'a' && c <= 'z';
        bool const beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
        if (upper) letters += static_cast<char>(c + 32);
        if (lower || beyond_ascii) letters += c;
    }
    return letters;
}

/// "passwordpassword" is "password" twice: the shortest part that `text` repeats.
std::string_view repeated_part(std::string_view text) {
    for (std::size_t size = 1; size <= text.size() / 2; ++size) {
        if (text.size() % size != 0) continue;
        if (text.substr(size) == text.substr(0, text.size() - size)) return text.substr(0, size);
    }
    return text;
}

std::string_view breached_list() {
    for (auto const& file : members_resources())
        if (file.path == breached_file) return file.bytes;
    return {};
}

bool is_listed(std::string_view word) {
    if (word.empty()) return true;
    auto rest = breached_list();
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        if (rest.substr(0, end) == word) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

std::size_t different_bytes(std::string_view text) {
    std::set<char> const all(text.begin(), text.end());
    return all.size();
}

/// "123456789012345", "abcdefghijklmno": each character follows the one before.
bool is_sequence(std::string_view text) {
    std::size_t steps = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        int const step = text[i] - text[i - 1];
        bool const wraps = (text[i - 1] == '9' && text[i] == '0') || (text[i - 1] == '0' && text[i] == '9');
        if (step == 1 || step == -1 || wraps) ++steps;
    }
    return steps + 1 >= text.size();
}

bool is_guessed_first(std::string_view password) {
    if (different_bytes(password) < different_characters_min || is_sequence(password)) return true;
    auto const letters = bare(password);
    bool const has_letters = letters.size() * 2 >= password.size();
    return has_letters && (is_listed(letters) || is_listed(repeated_part(letters)));
}

}  // namespace

std::string hash_password(std::string_view password) {
    std::array<char, crypto_pwhash_STRBYTES> out{};
    auto const failed = crypto_pwhash_str_alg(out.data(), password.data(), password.size(),
                                              argon_passes, argon_bytes,
                                              crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) throw std::bad_alloc();
    return out.data();
}

bool check_password(std::string_view hash, std::string_view password) {
    if (password.size() > limits::password_bytes_max) return false;
    return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) ==
           0;
}

std::optional<std::string> password_mistake(std::string_view password) {
    if (code_points(password) < limits::password_characters_min) return "members.password_short";
    if (password.size() > limits::password_bytes_max) return "members.password_long";
    if (is_guessed_first(password)) return "members.password_common";
    return std::nullopt;
}

}  // namespace kith::members
