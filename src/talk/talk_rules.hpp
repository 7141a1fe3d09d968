#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string_view>

#include "base/viewer.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// Where a comment stands, as the database keeps it.
enum class State { waiting_for_email, held, published, deleted, refused };
BOOST_DESCRIBE_ENUM(State, waiting_for_email, held, published, deleted, refused)

/// What the host wants read by a steward before others see it.
struct HoldPolicy {
    bool first_comments = false;
    bool links = false;
    bool operator==(HoldPolicy const&) const = default;
};

/// Who wrote a comment, as far as holding it goes.
struct Standpoint {
    Role role = Role::stranger;
    bool published_before = false;  ///< others have read a comment of theirs
};

/// Whether rendered Markdown holds a link that leads elsewhere than to a comment here.
[[nodiscard]] bool has_link(std::string_view html);

/// Where a new comment begins: stewards are never held.
[[nodiscard]] State state_of_new(HoldPolicy policy, Standpoint author, std::string_view html);

/// Where an edited comment goes on: what was published may be held for a link put in afterwards.
[[nodiscard]] State state_after_edit(State before, HoldPolicy policy, Standpoint author,
                                     std::string_view html);

/// Whether the words of a comment may still be changed by its author, `hours` being what the host
/// allows; what others don't read yet always may.
[[nodiscard]] bool words_are_open(State state, Time written_at, Time now, std::int64_t hours);

/// How a viewer who may see a comment at all sees it.
[[nodiscard]] Standing standing_of(State state, bool own);

/// Whether `reader`, who keeps no distance from anyone here, belongs to an audience.
[[nodiscard]] bool admits(Audience audience, Viewer const& reader, Id<Member> author);

}  // namespace kith::talk
