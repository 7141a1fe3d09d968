#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "bonds/bonds.hpp"

namespace kith::bonds {

/// A step that the viewer offered. What the other did with it isn't part of it.
struct MadeOffer {
    Step step = Step::hello;
    bool taken_back = false;
    Time at{};
};

/// The viewer's own side of a bond. Nothing in it is of the other's doing, but that a step which
/// the viewer offered was accepted.
struct OwnSide {
    Step given = Step::apart;
    Time since{};  ///< when `given` was reached
    std::optional<MadeOffer> offered;
    Openness dial = Openness::circles;
    Step ceiling = Step::kin;
};

/// What stands before offering a step.
enum class Before {
    nothing,      ///< it can be offered
    top,          ///< there is no higher one, or not in this community
    own_dial,     ///< the viewer isn't as open as that themselves
    wait,         ///< the step before it is too young; see `from`
    offered,      ///< it is offered; see `until`
    again_later,  ///< it was offered and faded, or was taken back; see `from`
    out_of_reach  ///< the viewer neither sees the other nor is in a circle with them
};
BOOST_DESCRIBE_ENUM(Before, nothing, top, own_dial, wait, offered, again_later, out_of_reach)

/// The next step, and whether the viewer can offer it.
struct NextStep {
    Step step = Step::hello;
    Before before = Before::nothing;
    std::optional<Time> from;   ///< it can be offered, or accepted, from then on
    std::optional<Time> until;  ///< the offer fades then
};

/// The step after `between`; kin after kin.
[[nodiscard]] Step step_after(Step between);

/// From when the viewer may be at `step` by their own side: near some days after letters, kin after
/// near. It counts one's own time alone, so that it tells nothing of the other.
[[nodiscard]] std::optional<Time> wait_for(OwnSide const& own, Step step, Time now);

/// What is next for the viewer where `between` is what the two have now.
[[nodiscard]] NextStep next_step(OwnSide const& own, Step between, bool in_reach, Time now);

/// Whether an offer of `step` is for the viewer to see: it is the next, and neither their own dial
/// nor the community is below it.
[[nodiscard]] bool is_for_me(OwnSide const& own, Step between, Step step);

}  // namespace kith::bonds
