#include "bonds/ladder.hpp"

#include "bonds/limits.hpp"

namespace kith::bonds {

Step step_after(Step between) {
    switch (between) {
        case Step::apart:
        case Step::same_circle: return Step::hello;
        case Step::hello: return Step::letters;
        case Step::letters: return Step::near;
        case Step::near:
        case Step::kin: break;
    }
    return Step::kin;
}

std::optional<Time> wait_for(OwnSide const& own, Step step, Time now) {
    std::optional<Time> from;
    if (step == Step::near && own.given == Step::letters) from = own.since + limits::near_after;
    if (step == Step::kin && own.given == Step::near) from = own.since + limits::kin_after;
    return from && *from > now ? from : std::nullopt;
}

NextStep next_step(OwnSide const& own, Step between, bool in_reach, Time now) {
    NextStep next;
    next.step = step_after(between);
    auto const says = [&](Before before) {
        next.before = before;
        return next;
    };
    if (between == Step::kin || next.step > own.ceiling) return says(Before::top);
    // What was offered is said first: whatever closed since, its own time goes on.
    if (own.offered && own.offered->step == next.step) {
        auto const& offered = *own.offered;
        if (!offered.taken_back && now < offered.at + limits::offer_time) {
            next.until = offered.at + limits::offer_time;
            return says(Before::offered);
        }
        if (now < offered.at + limits::offer_again_time) {
            next.from = offered.at + limits::offer_again_time;
            return says(Before::again_later);
        }
    }
    if (most_by(own.dial) < next.step) return says(Before::own_dial);
    next.from = wait_for(own, next.step, now);
    if (next.from) return says(Before::wait);
    return says(in_reach ? Before::nothing : Before::out_of_reach);
}

bool is_for_me(OwnSide const& own, Step between, Step step) {
    return between < Step::kin && step == step_after(between) && step <= own.ceiling &&
           step <= most_by(own.dial);
}

}  // namespace kith::bonds
