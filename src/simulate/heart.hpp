#pragma once

#include "simulate/people.hpp"

namespace kith::simulate {

/// How far someone trusts that coming here does them good: 0 to 1.
struct Heart {
    double trust = 0.5;
    bool operator==(Heart const&) const = default;
};

/// Whom hurtful words were for.
enum class Aim { at_them, at_others };
/// How a kindness came.
enum class Kindly { in_words, without_words };

/// They read words that hurt; having to watch others being hurt takes a fifth of that.
void hurt(Heart& heart, double tenderness, Aim aim);
/// Somebody answered them.
void warmed(Heart& heart, Kindly how);
/// A day went by, and what they had said was still not answered.
void met_silence(Heart& heart);
/// A day went by: trust goes a little towards one half, slowly.
void slept(Heart& heart);

/// Whoever has withdrawn still reads now and then, and says nothing.
[[nodiscard]] bool withdrawn(Heart const& heart);
/// How often they come, as they feel now.
[[nodiscard]] double visits_a_day(Person const& person, Heart const& heart);

}  // namespace kith::simulate
