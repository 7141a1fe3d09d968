#include "base/public_id.hpp"

#include <array>

#include "base/base64url.hpp"

namespace kith {

PublicId PublicId::make(Random& random) {
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    return PublicId(to_base64url(bytes));
}

std::optional<PublicId> PublicId::parse(std::string_view text) {
    if (text.size() != length || !is_base64url(text)) return std::nullopt;
    return PublicId(std::string(text));
}

std::string make_token(Random& random) {
    std::array<std::byte, 32> bytes{};
    random.fill(bytes);
    return to_base64url(bytes);
}

}  // namespace kith
