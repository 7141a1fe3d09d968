#pragma once
// What the handlers of a bond share.

#include <optional>
#include <string>

#include "bonds/ladder_store.hpp"
#include "web/call.hpp"

namespace kith::bonds {

inline constexpr std::string_view offered_notice = "bonds.offered";
inline constexpr std::string_view accepted_notice = "bonds.accepted";
inline constexpr std::string_view hello_notice = "bonds.hello_came";
inline constexpr std::string_view tell_offer_job = "bonds.tell_offer";
inline constexpr std::string_view deliver_hello_job = "bonds.deliver_hello";

/// The other of "/members/{id}/bond": anyone who was ever here; else not found.
[[nodiscard]] Other asked_other(web::Call const& call, database::Read& read);

/// How the viewer knows the other: by the link that they came by, by what they may see now, by what
/// is offered to them, or by what they kept. Each is asked, so that the answer costs the same.
struct Known {
    std::string name;      ///< empty where they don't know it
    bool visible = false;  ///< the other's page is open to the viewer
};
[[nodiscard]] Known known_as(web::Call const& call, database::Read& read, Other const& other,
                             std::optional<ReceivedOffer> const& offer);

/// What the form or the link holds of the other's name, sealed; or empty.
[[nodiscard]] std::string known_mark(web::Call const& call);

/// The page of this bond again, with the name that the viewer came by.
[[nodiscard]] std::string bond_url(web::Call const& call);

/// A step and what it opens, as words.
[[nodiscard]] std::string step_title(web::Call const& call, Step step);
[[nodiscard]] std::string step_unlocks(web::Call const& call, Step step);

[[nodiscard]] std::string dial_title(web::Call const& call, Openness dial);

/// What is told of an offer stands under this, until it was seen.
[[nodiscard]] std::string about_offer(Id<Member> from, Id<Member> to);

}  // namespace kith::bonds
