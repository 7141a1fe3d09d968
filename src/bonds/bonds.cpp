#include "bonds/bonds.hpp"

#include <algorithm>

namespace kith::bonds {

Step most_by(Openness dial) {
    switch (dial) {
        case Openness::resting: return Step::apart;
        case Openness::circles: return Step::same_circle;
        case Openness::letters: return Step::letters;
        case Openness::open: break;
    }
    return Step::kin;
}

Step least_step(Pair const& pair) {
    // A circle is joined and left by itself: rest, dials and steps taken back leave it as it is, so
    // that none of them can be told from another by it.
    bool const meet = pair.share_small_circle || (pair.share_circle && !pair.apart);
    auto const floor = meet ? std::min(Step::same_circle, pair.ceiling) : Step::apart;
    if (pair.apart || !pair.usable) return floor;
    auto const bond = std::min(
        {pair.given, pair.received, most_by(pair.dial), most_by(pair.other_dial), pair.ceiling});
    return bond >= Step::hello ? bond : floor;
}

Step effective_step(database::Read& read, Viewer const& viewer, Id<Member> other) {
    return least_step(find_pair(read, viewer, other));
}

}  // namespace kith::bonds
