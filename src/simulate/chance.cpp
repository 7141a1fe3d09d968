#include "simulate/chance.hpp"

namespace kith::simulate {

Chance Chance::of(std::uint64_t seed, std::initializer_list<std::uint64_t> purpose) {
    Chance chance(seed);
    for (auto const part : purpose)
        chance = Chance(chance.next() ^ (part + 1) * 0xD1B54A32D192ED03);
    return chance;
}

std::uint64_t Chance::next() {
    state_ += 0x9E3779B97F4A7C15;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
}

double Chance::share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

}  // namespace kith::simulate
