#include "base/seal.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

#include "base/base64url.hpp"

namespace kith {
namespace {

unsigned char const* as_unsigned(void const* bytes) {
    return static_cast<unsigned char const*>(bytes);
}

std::string cursor_context(Viewer const& viewer, std::string_view list) {
    return std::string(list) + '\n' + std::to_string(viewer.member.value);
}

}  // namespace

Seal::Key Seal::make_key(Random& random) {
    Key key{};
    random.fill(key);
    return key;
}

std::array<std::byte, 32> Seal::digest(std::string_view purpose, std::string_view words) const {
    crypto_generichash_state state;
    crypto_generichash_init(&state, as_unsigned(key_.data()), key_.size(), 32);
    auto const length = static_cast<std::uint64_t>(purpose.size());
    crypto_generichash_update(&state, as_unsigned(&length), sizeof length);
    crypto_generichash_update(&state, as_unsigned(purpose.data()), purpose.size());
    crypto_generichash_update(&state, as_unsigned(words.data()), words.size());
    std::array<std::byte, 32> out{};
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(out.data()), out.size());
    return out;
}

std::string Seal::hash(std::string_view purpose, std::string_view words) const {
    return to_base64url(digest(purpose, words));
}

std::string Seal::short_hash(std::string_view purpose, std::string_view words) const {
    auto const whole = digest(purpose, words);
    return to_base64url(std::span(whole).first<16>());
}

// A synthetic-IV construction (as RFC 5297 has it): the tag of the position, and the position
// covered by a key stream made from the tag. Equal inputs give equal cursors, which keeps pages
// byte-identical for one viewer.
std::string Seal::cursor(Viewer const& viewer, std::string_view list, std::int64_t position) const {
    auto const context = cursor_context(viewer, list);
    std::array<std::byte, 16> sealed{};
    std::array<std::byte, 8> plain{};
    std::memcpy(plain.data(), &position, sizeof position);
    auto const tag = digest("cursor tag", context + '\n' + std::to_string(position));
    std::memcpy(sealed.data(), tag.data(), 8);
    auto const cover = digest("cursor cover", to_base64url(std::span(sealed).first<8>()));
    for (std::size_t i = 0; i < 8; ++i) sealed[8 + i] = plain[i] ^ cover[i];
    return to_base64url(sealed);
}

std::optional<std::int64_t> Seal::position(Viewer const& viewer, std::string_view list,
                                           std::string_view cursor) const {
    auto const sealed = from_base64url(cursor);
    if (!sealed || sealed->size() != 16) return std::nullopt;
    auto const cover = digest("cursor cover", to_base64url(std::span(*sealed).first<8>()));
    std::array<std::byte, 8> plain{};
    for (std::size_t i = 0; i < 8; ++i) plain[i] = (*sealed)[8 + i] ^ cover[i];
    std::int64_t position = 0;
    std::memcpy(&position, plain.data(), sizeof position);
    auto const again = this->cursor(viewer, list, position);
    bool const same = again.size() == cursor.size() &&
                      sodium_memcmp(again.data(), cursor.data(), cursor.size()) == 0;
    return same ? std::optional(position) : std::nullopt;
}

/// Covers `words`, or uncovers them: a key stream made from the tag.
std::string Seal::covered(std::string_view tag, std::string_view words) const {
    std::string out(words);
    std::array<std::byte, 32> cover{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i % cover.size() == 0)
            cover =
                digest("place cover", std::string(tag) + '\n' + std::to_string(i / cover.size()));
        auto const mixed = std::byte(static_cast<unsigned char>(out[i])) ^ cover[i % cover.size()];
        out[i] = static_cast<char>(mixed);
    }
    return out;
}

// The same construction as above: the tag in 22 characters, then what it covers.
std::string Seal::cursor(Viewer const& viewer, std::string_view list, Place const& place) const {
    auto const plain = std::to_string(place.position) + '\n' + place.words;
    auto tag = short_hash("place tag", cursor_context(viewer, list) + '\n' + plain);
    auto const sealed = covered(tag, plain);
    return std::move(tag) + to_base64url(std::as_bytes(std::span(sealed)));
}

std::optional<Seal::Place> Seal::place(Viewer const& viewer, std::string_view list,
                                       std::string_view cursor) const {
    constexpr std::size_t tag_characters = 22;
    if (cursor.size() <= tag_characters) return std::nullopt;
    auto const bytes = from_base64url(cursor.substr(tag_characters));
    if (!bytes) return std::nullopt;
    std::string const sealed(reinterpret_cast<char const*>(bytes->data()), bytes->size());
    auto const plain = covered(cursor.substr(0, tag_characters), sealed);
    Place place;
    auto const end = std::min(plain.find('\n'), plain.size());
    auto const [rest, error] = std::from_chars(plain.data(), plain.data() + end, place.position);
    if (end == plain.size() || error != std::errc{} || rest != plain.data() + end)
        return std::nullopt;
    place.words = plain.substr(end + 1);
    auto const again = this->cursor(viewer, list, place);
    bool const same = again.size() == cursor.size() &&
                      sodium_memcmp(again.data(), cursor.data(), cursor.size()) == 0;
    return same ? std::optional(std::move(place)) : std::nullopt;
}

}  // namespace kith
