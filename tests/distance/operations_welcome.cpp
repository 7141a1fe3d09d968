#include "operations.hpp"

namespace kith::apart {
namespace {

/// The path of the hello that waits with this person on their own page.
void say_hello(Turn& turn) {
    constexpr Who to[] = {Who::lea, Who::nia, Who::mo};
    auto const who = turn.side == Side::hidden ? Who::hal : to[turn.pick(3)];
    auto const path = led_to(turn.world.post(who, "/welcome/introduction",
                                             {{"body", turn.words()}, {"patience", "day"}}));
    if (path.starts_with("/introductions/")) turn.made().hellos.push_back({path, who});
}

/// A hidden hello is answered by who greets; to any other that answer would be there to see.
void answer_hello(Turn& turn) {
    if (turn.side == Side::hidden) {
        if (auto const on = turn.on_own(&Things::hellos))
            turn.say(Who::gil, on->thing.path, turn.words());
    } else if (auto const on = turn.on(&Things::hellos)) {
        turn.say(on->who, on->thing.path, turn.words());
    }
}

void withdraw_hello(Turn& turn) {
    if (auto const on = turn.on_own(&Things::hellos))
        turn.world.post(on->who, on->thing.path + "/withdraw");
}

void patience(Turn& turn) {
    if (auto const on = turn.on_own(&Things::conversations))
        turn.world.post(on->who, on->thing.path + "/patience",
                        {{"patience", turn.pick(2) == 0 ? "day" : "stay"}});
}

void greeting(Turn& turn) {
    turn.world.post(Who::gil, "/welcome/greeting", {{"greeting", turn.words()}});
}

std::vector<std::string> paths(World const& world) {
    std::vector<std::string> paths{"/unanswered", "/introductions/" + std::string(22, 'A')};
    for (auto const* things : {&world.open, &world.hidden})
        for (auto const& hello : things->hellos) paths.push_back(hello.path);
    return paths;
}

}  // namespace

RoomOperations welcome_operations() {
    return {"welcome",
            {{"say hello", say_hello},
             {"answer a hello", answer_hello},
             {"take a hello back", withdraw_hello},
             {"let words travel", patience},
             {"greet", greeting, false, true}},
            paths};
}

}  // namespace kith::apart
