#include "operations.hpp"
#include "pictures.hpp"

namespace kith::apart {
namespace {

/// Whose name and portrait change: they are seen in the small circle, whoever is apart.
Who whose(Turn& turn) {
    if (turn.side == Side::small) return turn.pick(2) == 0 ? Who::hal : Who::nia;
    return turn.side == Side::hidden ? Who::hal : Who::mo;
}

void profile(Turn& turn) {
    auto const who = whose(turn);
    bool const listed = turn.side != Side::hidden || turn.pick(3) != 0;
    FormFields form{{"name", name_of(who)}, {"about", turn.words()}, {"pronouns", turn.words()}};
    if (listed) form.emplace_back("listed", "1");
    turn.world.post(who, "/settings/profile", form);
}

void rename(Turn& turn) {
    auto const who = whose(turn);
    // As others are called too, and before them in every list.
    auto const name = turn.pick(2) == 0 ? name_of(who) : "A " + turn.words();
    turn.world.post(who, "/settings/profile",
                    {{"name", name}, {"about", turn.words()}, {"listed", "1"}});
}

void portrait(Turn& turn) {
    auto const who = whose(turn);
    if (turn.pick(3) == 0)
        turn.world.post(who, "/settings/profile/picture/remove");
    else
        turn.world.upload(who, "/settings/profile/picture", {}, {{"picture", tests::one_pixel()}});
}

void choose_reading(Turn& turn) {
    turn.world.post(whose(turn), "/settings/reading",
                    {{"language", "en"}, {"zone", "Europe/Berlin"}, {"theme", "dark"}});
}

/// Between others than the two: it is between Hal and them, or between Lea and them.
Who between(Turn& turn) {
    constexpr Who others[] = {Who::nia, Who::gil, Who::sia};
    return others[turn.pick(3)];
}

void mute(Turn& turn) {
    auto const who = turn.side == Side::hidden ? Who::hal : Who::lea;
    turn.world.post(who,
                    turn.world.page_of(between(turn)) + (turn.pick(2) == 0 ? "/mute" : "/unmute"));
}

void keep_distance(Turn& turn) {
    auto const who = turn.side == Side::hidden ? Who::hal : Who::lea;
    turn.world.post(who, turn.world.page_of(between(turn)) + "/distance" +
                             (turn.pick(2) == 0 ? "" : "/take-back"));
}

/// Hal, who is apart from Lea, says so again, or mutes her.
void again(Turn& turn) {
    if (turn.side == Side::hidden)
        turn.world.post(Who::hal,
                        turn.world.page_of(Who::lea) + (turn.pick(2) == 0 ? "/mute" : "/unmute"));
}

std::vector<std::string> paths(World const& world) {
    std::vector<std::string> paths{"/members?after=x",         "/search?q=lantern",
                                   "/search?q=unseen",         "/search?q=hidden",
                                   "/search?q=bread",          "/search?q=lantern&kind=comments",
                                   "/search?q=lantern&after=x"};
    for (auto const who : everyone)
        for (auto const* part : {"", "/avatar", "/distance"})
            paths.push_back(world.page_of(who) + part);
    for (auto const who : everyone)
        paths.push_back("/guides/" + world.page_of(who).substr(9) + "/reach-out");
    return paths;
}

}  // namespace

RoomOperations members_operations() {
    return {"members",
            {{"change a profile", profile},
             {"take another name", rename, true, true},
             {"change a portrait", portrait, true, true},
             {"choose how to read", choose_reading},
             {"mute", mute},
             {"keep distance from others", keep_distance},
             {"mute who is apart", again}},
            paths};
}

}  // namespace kith::apart
