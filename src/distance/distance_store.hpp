#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/public_id.hpp"
#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::distance {

/// Someone whom the viewer could keep distance from, or does.
struct OtherRow {
    Id<Member> member;
    bool kept = false;
    bool muted = false;
    std::string known_as;  ///< what they were called when the viewer did either; else empty
};
BOOST_DESCRIBE_STRUCT(OtherRow, (), (member, kept, muted, known_as))

/// The other member of this id: anyone who was ever here, whether or not the viewer may see them,
/// since an answer that depended on it would tell of distance. Nothing of theirs is in the row.
[[nodiscard]] std::optional<OtherRow> find_other(database::Read& read, Viewer const& viewer,
                                                 PublicId const& id);

/// Keeps distance, or takes it back. Each of two members does so by themselves: the other's own
/// distance stays. False when the viewer keeps distance from as many as they can.
[[nodiscard]] bool keep_distance(database::Write& write, Viewer const& viewer, Id<Member> other,
                                 std::string_view name, Time now);
void take_distance_back(database::Write& write, Viewer const& viewer, Id<Member> other);

/// Mutes, or takes it back. False when the viewer mutes as many as they can.
[[nodiscard]] bool mute(database::Write& write, Viewer const& viewer, Id<Member> other,
                        std::string_view name, Time now);
void unmute(database::Write& write, Viewer const& viewer, Id<Member> other);

/// One line of what a member keeps.
struct KeptRow {
    PublicId id;
    std::string name;  ///< as the viewer knew them
    Time since{};
};
BOOST_DESCRIBE_STRUCT(KeptRow, (), (id, name, since))
[[nodiscard]] std::vector<KeptRow> kept_from(database::Read& read, Viewer const& viewer);
[[nodiscard]] std::vector<KeptRow> muted_by(database::Read& read, Viewer const& viewer);

/// Whether the viewer appears by themselves on the list of people.
[[nodiscard]] bool is_listed(database::Read& read, Viewer const& viewer);

/// A room where the viewer and the other meet, and can't be invisible.
struct RoomRow {
    std::string name;
    std::string url;
};
BOOST_DESCRIBE_STRUCT(RoomRow, (), (name, url))
[[nodiscard]] std::vector<RoomRow> rooms_shared(database::Read& read, Viewer const& viewer,
                                                Id<Member> other);

/// Someone else who keeps such a room and whom the viewer could ask.
struct KeeperRow {
    std::string room;  ///< its url
    PublicId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(KeeperRow, (), (room, id, name))
[[nodiscard]] std::vector<KeeperRow> keepers_to_ask(database::Read& read, Viewer const& viewer,
                                                    Id<Member> other);

/// Everything that a member keeps goes with them; so does what others keep about them, since
/// nothing of theirs is left to be seen.
void erase_distances(database::Write& write, Id<Member> member);

/// Some members, whoever they are: for the probes.
[[nodiscard]] std::vector<PublicId> some_members(database::Read& read, Viewer const& viewer);

}  // namespace kith::distance
