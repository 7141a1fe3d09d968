#include "base/base64url.hpp"

#include <array>
#include <cstdint>

namespace kith {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::int8_t, 256> make_values() {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return values;
}

constexpr auto values = make_values();

/// What the character stands for, below zero if nothing.
int value_of(char c) { return values[static_cast<unsigned char>(c)]; }

}  // namespace

std::string to_base64url(std::span<std::byte const> bytes) {
    std::string text((bytes.size() * 4 + 2) / 3, '\0');
    auto to = text.begin();
    std::uint32_t bits = 0;
    int count = 0;
    for (auto const byte : bytes) {
        bits = (bits << 8U) | std::to_integer<std::uint32_t>(byte);
        for (count += 8; count >= 6; count -= 6) *to++ = alphabet[(bits >> (count - 6)) & 63U];
    }
    if (count > 0) *to = alphabet[(bits << (6 - count)) & 63U];
    return text;
}

bool is_base64url(std::string_view text) {
    for (char const c : text)
        if (value_of(c) < 0) return false;
    // How many bits of the last character belong to no byte, by the characters beyond a multiple
    // of four; one alone would hold no byte at all.
    auto const beyond = text.size() % 4;
    if (beyond == 1) return false;
    auto const leftover = beyond == 2 ? 15 : beyond == 3 ? 3 : 0;
    return leftover == 0 || (value_of(text.back()) & leftover) == 0;
}

std::optional<std::vector<std::byte>> from_base64url(std::string_view text) {
    if (!is_base64url(text)) return std::nullopt;
    std::vector<std::byte> bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (char const c : text) {
        bits = (bits << 6U) | static_cast<std::uint32_t>(value_of(c));
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<std::byte>((bits >> count) & 255U));
        }
    }
    return bytes;
}

}  // namespace kith
