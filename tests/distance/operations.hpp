#pragma once
// What happens in the worlds. Each room that members act in has a file of its own,
// operations_<room>.cpp: its operations, and the paths that Lea looks at beside those that the
// room's probes know. A new room adds such a file and one line in all_rooms().

#include "world.hpp"

namespace kith::apart {

/// Which of the things an event touches.
enum class Side {
    open,    ///< what Lea sees as well: it happens in both worlds
    hidden,  ///< Hal's doing, or under what he made: it happens in one of them
    small,   ///< in the small circle: it happens in both, by Hal too
};

/// One event: who does what is drawn from `chance` alone, so that the same public event is the
/// same in both worlds.
class Turn {
public:
    Turn(World& the_world, Side the_side, std::uint32_t chance)
        : world(the_world), side(the_side), chance_(chance) {}

    World& world;
    Side const side;

    std::size_t pick(std::size_t count) { return count == 0 ? 0 : chance_() % count; }
    /// Where what is made now belongs.
    [[nodiscard]] Things& made();
    /// Someone who acts on this side; on the hidden one mostly Hal.
    [[nodiscard]] Who someone();
    /// Someone to act, and words to act on; nothing where there are none. On the hidden side that
    /// is Hal on anybody's, or another on what is hidden.
    struct On {
        Who who = Who::lea;
        Words words;
    };
    [[nodiscard]] std::optional<On> on_words();
    /// Words of whoever wrote them.
    [[nodiscard]] std::optional<On> on_own_words();
    /// The same for things: an essay, a conversation, a poll.
    struct OnThing {
        Who who = Who::lea;
        Thing thing;
    };
    using Kind = std::vector<Thing> Things::*;
    [[nodiscard]] std::optional<OnThing> on(Kind kind);
    [[nodiscard]] std::optional<OnThing> on_own(Kind kind);

    /// Words that nobody else says: on the hidden side they say so.
    [[nodiscard]] std::string words();
    /// Says something and keeps what became of it.
    void say(Who who, std::string const& place, std::string const& body,
             std::string const& parent = {});

private:
    [[nodiscard]] Who other_than_hal();

    std::mt19937 chance_;
};

struct Operation {
    std::string_view name;
    void (*run)(Turn&);
    bool in_small = false;   ///< can be done in the small circle
    bool open_only = false;  ///< nothing that could be hidden
};

/// What one room adds.
struct RoomOperations {
    std::string_view room;
    std::vector<Operation> operations;
    /// Paths to look at beside those of the probes; the same are asked for in both worlds.
    std::vector<std::string> (*paths)(World const&) = nullptr;
};

[[nodiscard]] RoomOperations talk_operations();
[[nodiscard]] RoomOperations essays_operations();
[[nodiscard]] RoomOperations circles_operations();
[[nodiscard]] RoomOperations members_operations();
[[nodiscard]] RoomOperations welcome_operations();
[[nodiscard]] RoomOperations notify_operations();
[[nodiscard]] RoomOperations bonds_operations();
[[nodiscard]] RoomOperations letters_operations();
/// Keys, and conversations between those who have letters open.
void furnish_letters(World& world);

/// Every room that members act in.
[[nodiscard]] std::vector<RoomOperations> const& all_rooms();
/// All of their operations, in that order.
[[nodiscard]] std::vector<Operation> const& all_operations();

/// Runs the operation `number` (of all, counted round) on this side; gives its name.
std::string_view happen(World& world, Side side, std::size_t number, std::uint32_t chance);

}  // namespace kith::apart
