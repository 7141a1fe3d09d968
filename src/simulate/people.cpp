#include "simulate/people.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "simulate/chance.hpp"

namespace kith::simulate {
namespace {

constexpr std::array names{"Ada",  "Bela", "Chidi", "Dara", "Elif", "Farid", "Gwen",  "Hana",
                           "Imre", "Juno", "Kemal", "Lena", "Mara", "Nuri",  "Odile", "Pim"};

std::size_t part_of(std::size_t members, double share, std::size_t least) {
    auto const part = std::lround(static_cast<double>(members) * share);
    return std::max(least, static_cast<std::size_t>(std::max(0L, part)));
}

/// The kinds in the order of the numbers: those on whom others rest come first.
std::vector<Kind> kinds_of(Crowd const& crowd) {
    std::vector<Kind> kinds(crowd.members, Kind::seeking);
    std::size_t next = 0;
    auto const put = [&](Kind kind, std::size_t count) {
        for (; count > 0 && next < kinds.size(); --count) kinds[next++] = kind;
    };
    put(Kind::steward, part_of(crowd.members, crowd.shares.stewards, 1));
    put(Kind::guide, part_of(crowd.members, crowd.shares.guides, 1));
    put(Kind::steady, part_of(crowd.members, crowd.shares.steady, 0));
    auto const harming = part_of(crowd.members, crowd.shares.harming, 0);
    auto const wary = part_of(crowd.members, crowd.shares.wary, 0);
    auto const last = std::min(kinds.size() - next, harming + wary);
    next = kinds.size() - last;
    put(Kind::wary, last > harming ? last - harming : 0);
    put(Kind::harming, harming);
    return kinds;
}

void give_nature(Person& person, Chance& chance) {
    auto const about = [&](double middle) { return middle * (0.7 + 0.6 * chance.share()); };
    switch (person.kind) {
        case Kind::steward: person.need = 0.02, person.warmth = 0.4, person.tenderness = 0.4; break;
        case Kind::guide: person.need = 0.02, person.warmth = 0.6, person.tenderness = 0.4; break;
        case Kind::steady: person.need = 0.05, person.warmth = 0.6, person.tenderness = 0.6; break;
        case Kind::seeking: person.need = 0.2, person.warmth = 0.2, person.tenderness = 0.8; break;
        case Kind::wary: person.need = 0.1, person.warmth = 0.1, person.tenderness = 1.2; break;
        case Kind::harming: person.need = 0.05, person.warmth = 0, person.tenderness = 0.3; break;
    }
    person.need = about(person.need);
    person.warmth = std::min(0.95, about(person.warmth) + (person.greets ? 0.2 : 0));
    person.tenderness = about(person.tenderness);
    person.visits_a_day = about(person.kind == Kind::wary ? 1.4 : 2);
}

}  // namespace

std::size_t circles_for(std::size_t members) {
    return (members + people_of_circle - 1) / people_of_circle;
}

std::vector<Person> draw_people(Crowd const& crowd) {
    auto const kinds = kinds_of(crowd);
    auto const circles = circles_for(crowd.members);
    auto greeters = std::max<std::size_t>(1, crowd.members / people_of_greeter);
    std::vector<Person> people;
    for (std::size_t number = 0; number < kinds.size(); ++number) {
        auto chance = Chance::of(crowd.seed, {1, number});
        Person person;
        person.number = number;
        person.kind = kinds[number];
        person.name =
            std::string(names.at(chance.below(names.size()))) + " " + std::to_string(number + 1);
        person.circle = number % circles;
        if (person.kind == Kind::steady && greeters > 0) {
            person.greets = true;
            --greeters;
        }
        give_nature(person, chance);
        bool const holds = person.kind == Kind::steward || person.kind == Kind::guide;
        person.founder = number < circles || person.greets || holds;
        auto const arrival_days =
            static_cast<std::size_t>(std::max<std::int64_t>(1, crowd.days / 2));
        auto const day = static_cast<std::int64_t>(chance.below(arrival_days));
        if (!person.founder) person.arrives_day = day;
        people.push_back(std::move(person));
    }
    return people;
}

}  // namespace kith::simulate
