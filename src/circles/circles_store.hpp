#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "circles/circle.hpp"
#include "circles/coming_in.hpp"
#include "database/session.hpp"
#include "talk/talk.hpp"

namespace kith::circles {

/// A circle by its name, as the server settles what becomes of it.
struct NamedCircle {
    Id<Circle> id;
    PublicId public_id;
    std::string name;
    Id<talk::Group> group;
};
BOOST_DESCRIBE_STRUCT(NamedCircle, (), (id, public_id, name, group))

/// A circle as one viewer may see it, and how they stand in it.
struct CircleRow {
    Id<Circle> id;
    PublicId public_id;
    std::string name;
    std::string purpose;
    CircleKind kind = CircleKind::support;
    std::int64_t size_max = 0;
    bool small = true;  ///< nobody can be invisible here
    Listing listing = Listing::listed;
    Joining joining = Joining::asking;
    bool history_open = false;
    std::int64_t agreement_version = 1;
    Id<talk::Group> group;
    Time made_at{};
    std::optional<Time> closed_at;
    std::optional<Time> erase_at;
    bool full = false;
    std::int64_t members = 0;  ///< whom this viewer may see here, for who belongs to it
    bool member = false;       ///< the viewer belongs to it
    bool keeper = false;       ///< and keeps it
    std::optional<Time> joined_at;
    std::int64_t agreed_version = 0;
    std::optional<RequestState> request;  ///< what the viewer has asked
    std::optional<Time> asked_at;
    bool invited = false;  ///< a keeper has invited the viewer by name
    bool removed = false;  ///< taken out: only a keeper can let the viewer in again

    [[nodiscard]] NamedCircle named() const { return {id, public_id, name, group}; }
};
BOOST_DESCRIBE_STRUCT(CircleRow, (),
                      (id, public_id, name, purpose, kind, size_max, small, listing, joining,
                       history_open, agreement_version, group, made_at, closed_at, erase_at, full,
                       members, member, keeper, joined_at, agreed_version, request, asked_at,
                       invited, removed))

/// The circle if the viewer may see it: who belongs to it or is invited always; others unless it is
/// hidden, closed, or made by someone they are apart from. The server sees all.
[[nodiscard]] std::optional<CircleRow> find_circle(database::Read& read, Viewer const& viewer,
                                                   PublicId const& circle, Time now);

/// One of the viewer's circles, as their list shows it.
struct OwnCircleRow {
    PublicId public_id;
    std::string name;
    std::string purpose;
    CircleKind kind = CircleKind::support;
    bool keeper = false;
    bool closed = false;
};
BOOST_DESCRIBE_STRUCT(OwnCircleRow, (), (public_id, name, purpose, kind, keeper, closed))
/// The circles that the viewer belongs to, by name.
[[nodiscard]] std::vector<OwnCircleRow> own_circles(database::Read& read, Viewer const& viewer);

[[nodiscard]] std::vector<Tag> tags_of(database::Read& read, Viewer const& viewer,
                                       Id<Circle> circle);

/// A circle to be made.
struct CircleToAdd {
    PublicId public_id;
    Id<Member> maker;
    Id<talk::Group> group;
    Time at{};
};
Id<Circle> insert_circle(database::Write& write, CircleToAdd const& circle,
                         CheckedCircle const& words);
/// Keeps all of it; a changed agreement must have been given its version.
void update_circle(database::Write& write, Id<Circle> circle, CheckedCircle const& words,
                   std::int64_t agreement_version, bool small);
void close_circle(database::Write& write, Id<Circle> circle, Time now, Time erase_at);

/// One wording of a circle's agreement.
struct AgreementRow {
    std::int64_t version = 0;
    std::string markdown;
    Time made_at{};
};
BOOST_DESCRIBE_STRUCT(AgreementRow, (), (version, markdown, made_at))
/// The wordings of the agreement of a circle that the viewer may see, the newest first.
[[nodiscard]] std::vector<AgreementRow> agreements_of(database::Read& read, Viewer const& viewer,
                                                      Id<Circle> circle, std::size_t at_most);
[[nodiscard]] AgreementRow current_agreement(database::Read& read, Viewer const& viewer,
                                             Id<Circle> circle);
void insert_agreement(database::Write& write, Id<Circle> circle, AgreementRow const& agreement);

}  // namespace kith::circles
