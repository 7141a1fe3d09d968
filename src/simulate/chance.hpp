#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace kith::simulate {

/// Chance that can be repeated (splitmix64): the same seed gives the same numbers, on every
/// machine.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    /// A sequence of its own for one purpose, such as an agent in an hour: what others draw
    /// doesn't change it.
    [[nodiscard]] static Chance of(std::uint64_t seed,
                                   std::initializer_list<std::uint64_t> purpose);

    [[nodiscard]] std::uint64_t next();
    /// From 0 up to, and without, 1.
    [[nodiscard]] double share();
    [[nodiscard]] bool happens(double probability) { return share() < probability; }
    /// From 0 up to, and without, `count`, which isn't 0.
    [[nodiscard]] std::size_t below(std::size_t count) { return next() % count; }

private:
    std::uint64_t state_;
};

}  // namespace kith::simulate
