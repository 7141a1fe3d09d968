#pragma once

#include "circles/circle.hpp"
#include "web/call.hpp"

namespace kith::circles {

inline constexpr std::string_view sharing_pattern = "/settings/sharing";

struct SharingForm : TagFields {
    bool shown = false;  ///< to the members of the circles that one belongs to
};
BOOST_DESCRIBE_STRUCT(SharingForm, (TagFields), (shown))

/// What a member shares, by which circles are found.
struct SharingPage {
    static constexpr std::string_view page = "circles/sharing";
    web::Field culture;
    web::Field values;
    web::Field experiences;
    web::Field goals;
    bool shown = false;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(SharingPage, (), (culture, values, experiences, goals, shown, seen_by))

}  // namespace kith::circles
