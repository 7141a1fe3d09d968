#include "letters/sealed.hpp"

#include "base/base64url.hpp"

namespace kith::letters {

// https://age-encryption.org/v1: a line of version, then for each recipient a line "-> kind …" and
// its body, then a line "--- " with the header's MAC.
std::size_t recipients_of(std::string_view sealed, std::string_view kind) {
    auto const bytes = from_base64url(sealed);
    if (!bytes) return 0;
    std::string_view text(reinterpret_cast<char const*>(bytes->data()), bytes->size());
    constexpr std::string_view version = "age-encryption.org/v1\n";
    if (!text.starts_with(version)) return 0;
    text.remove_prefix(version.size());
    std::size_t found = 0;
    while (!text.starts_with("--- ")) {
        auto const end = text.find('\n');
        if (end == std::string_view::npos) return 0;
        auto line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (!line.starts_with("-> ")) continue;
        line.remove_prefix(3);
        if (line.substr(0, line.find(' ')) != kind) return 0;
        ++found;
    }
    return found;
}

bool is_for_two(std::string_view sealed) { return recipients_of(sealed, "X25519") == 2; }
bool is_for_one(std::string_view sealed) { return recipients_of(sealed, "X25519") == 1; }
bool is_wrapped(std::string_view sealed) { return recipients_of(sealed, "scrypt") == 1; }

}  // namespace kith::letters
