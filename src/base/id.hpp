#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace kith {

/// The internal key of a `T`; zero means none. It never leaves the server: see PublicId.
template <class T>
struct Id {
    std::int64_t value = 0;

    [[nodiscard]] constexpr explicit operator bool() const { return value != 0; }
    auto operator<=>(Id const&) const = default;
};

}  // namespace kith

template <class T>
struct std::hash<kith::Id<T>> {
    std::size_t operator()(kith::Id<T> id) const { return std::hash<std::int64_t>{}(id.value); }
};
