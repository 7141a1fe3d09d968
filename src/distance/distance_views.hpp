#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/public_id.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::distance {

/// What each of the deeds takes: how the viewer knows the other, and where they go on.
struct DistanceForm {
    std::string known;  ///< the sealed name of a distance_url()
    std::string then;
};
BOOST_DESCRIBE_STRUCT(DistanceForm, (), (known, then))

/// Someone who keeps a shared circle and takes letters from the viewer.
struct KeeperLine {
    std::string name;
    std::string write_url;
};
BOOST_DESCRIBE_STRUCT(KeeperLine, (), (name, write_url))

/// A small circle that the viewer shares with the other.
struct SharedRoom {
    std::string name;
    std::string url;
    std::string leave_url;
    std::vector<KeeperLine> keepers;
};
BOOST_DESCRIBE_STRUCT(SharedRoom, (), (name, url, leave_url, keepers))

/// Where one keeps distance from someone, or mutes them.
struct KeepPage {
    static constexpr std::string_view page = "distance/keep";
    std::optional<std::string> name;  ///< as the viewer knows them
    bool kept = false;
    bool muted = false;
    std::string url;  ///< "/members/…": the deeds stand under it
    std::string known;
    std::string then;
    std::vector<SharedRoom> rooms;
    bool rooms_any = false;
    std::optional<std::string> bond_url;  ///< where the viewer can step back from less
};
BOOST_DESCRIBE_STRUCT(KeepPage, (),
                      (name, kept, muted, url, known, then, rooms, rooms_any, bond_url))

/// Someone from whom the viewer keeps distance, or whom they mute.
struct KeptLine {
    PublicId id;
    std::string name;  ///< as the viewer knew them; empty when they never saw it
    Time since{};
    std::string url;
    std::string take_back_url;
};
BOOST_DESCRIBE_STRUCT(KeptLine, (), (id, name, since, url, take_back_url))

/// All that the viewer keeps, for them alone.
struct DistanceSettingsPage {
    static constexpr std::string_view page = "distance/settings";
    std::vector<KeptLine> kept;
    std::vector<KeptLine> muted;
    bool listed = false;
};
BOOST_DESCRIBE_STRUCT(DistanceSettingsPage, (), (kept, muted, listed))

/// What distance is, for someone who needs it tonight.
struct AboutPage {
    static constexpr std::string_view page = "distance/about";
    bool member = false;
};
BOOST_DESCRIBE_STRUCT(AboutPage, (), (member))

[[nodiscard]] std::vector<web::Route> distance_routes();

}  // namespace kith::distance
