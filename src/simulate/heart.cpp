#include "simulate/heart.hpp"

#include <algorithm>

namespace kith::simulate {
namespace {

constexpr double harm_takes = 0.25;
constexpr double watching_part = 0.2;
constexpr double words_give = 0.08;
constexpr double wordless_gives = 0.04;
constexpr double silence_takes = 0.04;
constexpr double night_gives = 0.01;
constexpr double withdrawn_below = 0.2;
constexpr double withdrawn_visits = 0.3;

void move(Heart& heart, double by) { heart.trust = std::clamp(heart.trust + by, 0.0, 1.0); }

}  // namespace

void hurt(Heart& heart, double tenderness, Aim aim) {
    move(heart, -harm_takes * tenderness * (aim == Aim::at_them ? 1 : watching_part));
}

void warmed(Heart& heart, Kindly how) {
    move(heart, how == Kindly::in_words ? words_give : wordless_gives);
}

void met_silence(Heart& heart) { move(heart, -silence_takes); }

void slept(Heart& heart) {
    double const away = 0.5 - heart.trust;
    move(heart, std::clamp(away, -night_gives, night_gives));
}

bool withdrawn(Heart const& heart) { return heart.trust < withdrawn_below; }

double visits_a_day(Person const& person, Heart const& heart) {
    if (withdrawn(heart)) return person.visits_a_day * withdrawn_visits;
    return person.visits_a_day * (0.5 + heart.trust);
}

}  // namespace kith::simulate
