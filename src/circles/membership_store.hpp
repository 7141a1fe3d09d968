#pragma once

#include <optional>
#include <vector>

#include "circles/circles_store.hpp"
#include "database/session.hpp"
#include "members/member.hpp"

namespace kith::circles {

/// Someone who belongs to a circle, as the viewer may see them.
struct PersonRow {
    Id<Member> member;
    PublicId public_id;
    std::string name;
    Role role = Role::member;
    bool has_avatar = false;
    bool has_page = false;  ///< a page of theirs that this viewer may see
    bool keeper = false;
    Time joined_at{};
    std::string shares;  ///< what they show to their circles, "sea swimming, Tagalog"
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (member, public_id, name, role, has_avatar, has_page, keeper, joined_at,
                       shares))

/// Who belongs to the circle, those who keep it first and then by how long they are here; at most
/// `at_most` after `after`. Of a circle that the viewer was given by find_circle: who doesn't
/// belong to it sees nobody but its keepers.
[[nodiscard]] std::vector<PersonRow> people_of(database::Read& read, Viewer const& viewer,
                                               CircleRow const& circle, Id<Member> after,
                                               std::size_t at_most);
/// The keepers whom the viewer may see.
[[nodiscard]] std::vector<PersonRow> keepers_of(database::Read& read, Viewer const& viewer,
                                                CircleRow const& circle);
/// One of them, by their public id.
[[nodiscard]] std::optional<PersonRow> person_in(database::Read& read, Viewer const& viewer,
                                                 CircleRow const& circle, PublicId const& member);

/// Whether someone from whom the viewer keeps distance reads what is begun in this small circle.
[[nodiscard]] bool read_by_distant(database::Read& read, Viewer const& viewer,
                                   CircleRow const& circle);

/// How many belong to the circle, seen by this viewer or not; for the server's own decisions.
[[nodiscard]] std::int64_t count_members(database::Read& read, Viewer const& viewer,
                                         Id<Circle> circle);
/// Everybody who belongs to the circle, for the server that tells them of it.
[[nodiscard]] std::vector<Id<Member>> everybody_in(database::Read& read, Viewer const& viewer,
                                                   Id<Circle> circle);
/// In how many circles the viewer is.
[[nodiscard]] std::int64_t count_circles(database::Read& read, Viewer const& viewer);

/// Adds a member; nothing happens to one who belongs to it already.
void insert_member(database::Write& write, Id<Circle> circle, Id<Member> member, bool keeper,
                   std::int64_t agreed_version, Time at);
/// Takes a member out, with what they had read there.
void delete_member(database::Write& write, Id<Circle> circle, Id<Member> member);
void set_keeper(database::Write& write, Id<Circle> circle, Id<Member> member, bool keeper);
void set_agreed(database::Write& write, Id<Circle> circle, Id<Member> member, std::int64_t version);

/// Who would keep the circle if the viewer left: as far as they may know, or in truth.
enum class After { others_keep, longest_standing, nobody_can, nobody_left };
enum class Known { to_viewer, in_truth };
[[nodiscard]] After after_leaving(database::Read& read, Viewer const& viewer, Id<Circle> circle,
                                  Known known);
/// Gives a circle without a keeper to the member who is here longest and may keep it; false when
/// there is none.
bool give_to_longest_standing(database::Write& write, Id<Circle> circle);

/// Why someone was taken out of a circle, for them alone.
struct RemovalRow {
    PublicId public_id;
    std::string circle_name;
    std::string reason;
    Time removed_at{};
};
BOOST_DESCRIBE_STRUCT(RemovalRow, (), (public_id, circle_name, reason, removed_at))
[[nodiscard]] std::vector<RemovalRow> removals_of(database::Read& read, Viewer const& viewer);
void insert_removal(database::Write& write, PublicId const& id, Id<Circle> circle,
                    Id<Member> member, std::string_view reason, Time at);
[[nodiscard]] bool put_removal_away(database::Write& write, Id<Member> member,
                                    PublicId const& removal);
/// Whoever is let in again by a keeper was not taken out any more.
void lift_removals(database::Write& write, Id<Circle> circle, Id<Member> member);

}  // namespace kith::circles
