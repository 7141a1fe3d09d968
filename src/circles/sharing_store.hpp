#pragma once

#include <string>
#include <vector>

#include "circles/circle.hpp"
#include "database/session.hpp"

namespace kith::circles {

/// What the viewer shares.
[[nodiscard]] std::vector<Tag> own_tags(database::Read& read, Viewer const& viewer);
/// Whether they show it to the members of their circles.
[[nodiscard]] bool shows_tags(database::Read& read, Viewer const& viewer);
void keep_own_tags(database::Write& write, Id<Member> member, std::vector<Tag> const& tags,
                   bool shown);

/// A circle to be found.
struct FoundCircleRow {
    Id<Circle> id;
    PublicId public_id;
    std::string name;
    std::string purpose;
    CircleKind kind = CircleKind::support;
    bool full = false;
    std::int64_t in_common = 0;  ///< how many of the viewer's own words it shares
    std::string common_words;
};
BOOST_DESCRIBE_STRUCT(FoundCircleRow, (),
                      (id, public_id, name, purpose, kind, full, in_common, common_words))
/// The listed circles that the viewer doesn't belong to, most in common first and then by name;
/// those after `after` in that order. Never by how many belong to them.
[[nodiscard]] std::vector<FoundCircleRow> findable_circles(database::Read& read,
                                                           Viewer const& viewer, Id<Circle> after,
                                                           std::size_t at_most);

}  // namespace kith::circles
