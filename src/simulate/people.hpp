#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kith::simulate {

/// Who someone is in this small model; the essay names them all.
enum class Kind {
    steward,  ///< puts harmful words aside where they may
    guide,    ///< a steady presence with the role of one
    steady,   ///< shows up without being asked
    seeking,  ///< comes in a hard time, and answers others now and then
    wary,     ///< was hurt before: reads, says little, withdraws soon
    harming,  ///< answers others with words that hurt
};
BOOST_DESCRIBE_ENUM(Kind, steward, guide, steady, seeking, wary, harming)

/// How large each kind is, as parts of 1; who is left over is seeking. Of stewards and guides
/// there is always one.
struct Shares {
    double harming = 0.05;
    double steady = 0.25;
    double wary = 0.2;
    double guides = 0.03;
    double stewards = 0.01;
    bool operator==(Shares const&) const = default;
};

/// What people are drawn from.
struct Crowd {
    std::uint64_t seed = 1;
    std::size_t members = 100;
    std::int64_t days = 14;
    Shares shares;
};

struct Person {
    std::size_t number = 0;
    Kind kind = Kind::seeking;
    std::string name;
    bool greets = false;   ///< is named a greeter
    bool founder = false;  ///< is there before the first day
    std::int64_t arrives_day = 0;
    double visits_a_day = 2;  ///< at a trust of one half
    double need = 0;          ///< of saying something hard, at a visit
    double warmth = 0;        ///< of answering each hard thing that they read
    double tenderness = 0;    ///< how much harm takes from their trust
    std::size_t circle = 0;   ///< which they would join; its keeper has the same number
    bool operator==(Person const&) const = default;
};

inline constexpr std::size_t people_of_circle = 10;   ///< of at most 12 that a small one holds
inline constexpr std::size_t people_of_greeter = 15;  ///< one greeter for so many

/// How many circles so many members have.
[[nodiscard]] std::size_t circles_for(std::size_t members);

/// The people of a community, always the same for the same crowd.
[[nodiscard]] std::vector<Person> draw_people(Crowd const& crowd);

}  // namespace kith::simulate
