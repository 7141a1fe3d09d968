#include "operations.hpp"

namespace kith::apart {
namespace {

template <class T>
std::vector<T> joined(std::vector<T> one, std::vector<T> const& other) {
    one.insert(one.end(), other.begin(), other.end());
    return one;
}

Things const& things_of(World const& world, Side side) {
    return side == Side::open ? world.open : side == Side::hidden ? world.hidden : world.small;
}

}  // namespace

Things& Turn::made() {
    return side == Side::open ? world.open : side == Side::hidden ? world.hidden : world.small;
}

Who Turn::other_than_hal() {
    constexpr Who others[] = {Who::mo, Who::nia, Who::gil};
    return others[pick(3)];
}

Who Turn::someone() {
    constexpr Who in_open[] = {Who::lea, Who::mo, Who::nia, Who::gil};
    constexpr Who in_small[] = {Who::hal, Who::lea, Who::mo, Who::nia};
    if (side == Side::open) return in_open[pick(4)];
    return side == Side::small ? in_small[pick(4)] : Who::hal;
}

std::optional<Turn::On> Turn::on_words() {
    bool const hal = side == Side::hidden && pick(3) != 0;
    auto const all =
        hal ? joined(world.open.words, world.hidden.words) : things_of(world, side).words;
    if (all.empty()) return std::nullopt;
    auto const who = side == Side::hidden ? (hal ? Who::hal : other_than_hal()) : someone();
    return On{who, all[pick(all.size())]};
}

std::optional<Turn::On> Turn::on_own_words() {
    auto const& all = things_of(world, side).words;
    if (all.empty()) return std::nullopt;
    auto const& words = all[pick(all.size())];
    return On{words.by, words};
}

std::optional<Turn::OnThing> Turn::on(Kind kind) {
    bool const hal = side == Side::hidden && pick(3) != 0;
    auto const all =
        hal ? joined(world.open.*kind, world.hidden.*kind) : things_of(world, side).*kind;
    if (all.empty()) return std::nullopt;
    auto const who = side == Side::hidden ? (hal ? Who::hal : other_than_hal()) : someone();
    return OnThing{who, all[pick(all.size())]};
}

std::optional<Turn::OnThing> Turn::on_own(Kind kind) {
    auto const& all = things_of(world, side).*kind;
    if (all.empty()) return std::nullopt;
    auto const& thing = all[pick(all.size())];
    return OnThing{thing.by, thing};
}

std::string Turn::words() {
    constexpr std::string_view many[] = {"A lantern", "Bread and a lantern", "The long way home",
                                         "A lantern in the rain"};
    std::string text(many[pick(4)]);
    if (side == Side::hidden) text += ", unseen";
    return text + " " + std::to_string(chance_() % 100'000);
}

void Turn::say(Who who, std::string const& place, std::string const& body,
               std::string const& parent) {
    auto const id = world.say(who, place, body, parent);
    if (!id.empty()) made().words.push_back({id, place, parent, who});
}

std::vector<RoomOperations> const& all_rooms() {
    static std::vector<RoomOperations> const rooms{
        talk_operations(),    essays_operations(), circles_operations(), members_operations(),
        welcome_operations(), notify_operations(), bonds_operations(),   letters_operations()};
    return rooms;
}

std::vector<Operation> const& all_operations() {
    static std::vector<Operation> const all = [] {
        std::vector<Operation> found;
        for (auto const& room : all_rooms())
            found.insert(found.end(), room.operations.begin(), room.operations.end());
        return found;
    }();
    return all;
}

std::string_view happen(World& world, Side side, std::size_t number, std::uint32_t chance) {
    auto const& all = all_operations();
    auto at = number % all.size();
    while ((side == Side::small && !all[at].in_small) ||
           (side == Side::hidden && all[at].open_only))
        at = (at + 1) % all.size();
    Turn turn(world, side, chance);
    all[at].run(turn);
    return all[at].name;
}

}  // namespace kith::apart
