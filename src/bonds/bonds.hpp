#pragma once

#include <boost/describe.hpp>
#include <string_view>

#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::bonds {

/// What two members have between them, from nothing to most; each step includes those before it.
enum class Step { apart, same_circle, hello, letters, near, kin };
BOOST_DESCRIBE_ENUM(Step, apart, same_circle, hello, letters, near, kin)

/// How far a member lets anybody come.
enum class Openness { resting, circles, letters, open };
BOOST_DESCRIBE_ENUM(Openness, resting, circles, letters, open)

/// The most that a dial lets anybody have.
[[nodiscard]] Step most_by(Openness dial);

/// All that decides about a pair.
struct Pair {
    Step given = Step::apart;     ///< by the viewer to the other; apart: nothing
    Step received = Step::apart;  ///< by the other to the viewer
    Openness dial = Openness::circles;
    Openness other_dial = Openness::circles;
    Step ceiling = Step::kin;  ///< of the community
    bool apart = false;        ///< one keeps distance from the other
    bool usable = true;        ///< both accounts are in use
    bool share_circle = false;
    bool share_small_circle = false;  ///< where nobody can be invisible, apart or not
};

/// The least of what each gave, of both dials and of the ceiling; a circle that both are in is the
/// least that they have. While they are apart there is nothing but a small circle, in which both
/// stay; while an account isn't in use, nothing but circles.
[[nodiscard]] Step least_step(Pair const& pair);

/// The pair of the viewer and the other, as it is now.
[[nodiscard]] Pair find_pair(database::Read& read, Viewer const& viewer, Id<Member> other);

/// What the viewer and the other have between them now; the same, asked by either. Of oneself, of
/// nobody and for a stranger it is apart. It tells nobody why: see docs/bonds.md.
[[nodiscard]] Step effective_step(database::Read& read, Viewer const& viewer, Id<Member> other);

}  // namespace kith::bonds
