#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/viewer.hpp"

namespace kith {

/// The server's own secret, and what is derived from it. Kept in the data directory, outside the
/// database, so that a stolen database alone tells nothing.
class Seal {
public:
    static constexpr std::size_t key_bytes = 32;
    using Key = std::array<std::byte, key_bytes>;

    explicit Seal(Key const& key) : key_(key) {}
    [[nodiscard]] static Key make_key(Random& random);

    /// A keyed hash (BLAKE2b) of `words` for `purpose`, as 43 characters: how tokens are stored.
    [[nodiscard]] std::string hash(std::string_view purpose, std::string_view words) const;
    /// The first 22 characters of such a hash.
    [[nodiscard]] std::string short_hash(std::string_view purpose, std::string_view words) const;

    /// A position in a list as an opaque cursor of one viewer: it can't be read, made or lent.
    /// The same viewer gets the same cursor for the same position.
    [[nodiscard]] std::string cursor(Viewer const& viewer, std::string_view list,
                                     std::int64_t position) const;
    /// The position in `cursor`, or nothing if it isn't this viewer's for this list.
    [[nodiscard]] std::optional<std::int64_t> position(Viewer const& viewer, std::string_view list,
                                                       std::string_view cursor) const;

    /// A place in a list that is ordered by words: the cursor holds them, so that it stays where it
    /// was, whatever becomes of the row that stood there.
    struct Place {
        std::string words;
        std::int64_t position = 0;
        bool operator==(Place const&) const = default;
    };
    [[nodiscard]] std::string cursor(Viewer const& viewer, std::string_view list,
                                     Place const& place) const;
    /// The place in `cursor`, or nothing if it isn't this viewer's for this list.
    [[nodiscard]] std::optional<Place> place(Viewer const& viewer, std::string_view list,
                                             std::string_view cursor) const;

private:
    [[nodiscard]] std::string covered(std::string_view tag, std::string_view words) const;
    [[nodiscard]] std::array<std::byte, 32> digest(std::string_view purpose,
                                                   std::string_view words) const;

    Key key_;
};

}  // namespace kith
