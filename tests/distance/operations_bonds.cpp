#include "operations.hpp"

namespace kith::apart {
namespace {

struct Two {
    Who one = Who::lea;
    Who other = Who::lea;
};

/// Two who have something to do with each other: on the hidden side one of them is Hal.
Two two_of(Turn& turn) {
    constexpr Who with_hal[] = {Who::mo, Who::nia, Who::gil, Who::lea};
    constexpr Two open[] = {{Who::lea, Who::mo},  {Who::mo, Who::lea},  {Who::nia, Who::lea},
                            {Who::lea, Who::nia}, {Who::nia, Who::gil}, {Who::mo, Who::nia}};
    if (turn.side != Side::hidden) return open[turn.pick(6)];
    auto const other = with_hal[turn.pick(4)];
    // Nobody but Hal does anything to Lea here.
    if (other == Who::lea || turn.pick(2) == 0) return {Who::hal, other};
    return {other, Who::hal};
}

std::string bond_of(Turn& turn, Who who) { return turn.world.page_of(who) + "/bond"; }

std::string step(Turn& turn) { return turn.pick(3) == 0 ? "letters" : "hello"; }

void offer(Turn& turn) {
    auto const two = two_of(turn);
    turn.world.post(two.one, bond_of(turn, two.other) + "/offer", {{"step", step(turn)}});
}

/// Offered and accepted at once, so that more can come of it.
void bond(Turn& turn) {
    auto const two = two_of(turn);
    auto const which = step(turn);
    for (auto const who : {two.one, two.other})
        if (who != Who::lea || turn.side != Side::hidden)
            turn.world.post(who, "/settings/openness", {{"dial", "open"}});
    turn.world.post(two.one, bond_of(turn, two.other) + "/offer", {{"step", which}});
    if (two.other != Who::lea || turn.side != Side::hidden)
        turn.world.post(two.other, bond_of(turn, two.one) + "/accept", {{"step", which}});
}

void decline(Turn& turn) {
    auto const two = two_of(turn);
    turn.world.post(two.one,
                    bond_of(turn, two.other) + (turn.pick(2) == 0 ? "/not-yet" : "/take-back"));
}

void step_back(Turn& turn) {
    auto const two = two_of(turn);
    turn.world.post(two.one, bond_of(turn, two.other) + "/step-back",
                    {{"step", turn.pick(2) == 0 ? "apart" : "hello"}});
}

void hello(Turn& turn) {
    auto const two = two_of(turn);
    turn.world.post(two.one, bond_of(turn, two.other) + "/hello", {{"words", turn.words()}});
}

void dial(Turn& turn) {
    constexpr std::string_view dials[] = {"circles", "letters", "open", "resting"};
    turn.world.post(turn.someone(), "/settings/openness",
                    {{"dial", std::string(dials[turn.pick(4)])}});
}

void rest(Turn& turn) {
    auto const who = turn.someone();
    if (turn.pick(2) == 0)
        turn.world.post(who, "/rest", {{"days", "2"}});
    else
        turn.world.post(who, "/rest/end");
}

std::vector<std::string> paths(World const& world) {
    std::vector<std::string> paths;
    for (auto const who : everyone)
        for (auto const* part : {"/bond", "/bond?known=x"})
            paths.push_back(world.page_of(who) + part);
    return paths;
}

}  // namespace

RoomOperations bonds_operations() {
    return {"bonds",
            {{"offer a step", offer},
             {"take a step", bond},
             {"leave an offer", decline},
             {"step back", step_back},
             {"send a hello", hello},
             {"turn the dial", dial},
             {"rest", rest}},
            paths};
}

}  // namespace kith::apart
