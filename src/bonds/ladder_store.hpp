#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/public_id.hpp"
#include "bonds/ladder.hpp"

namespace kith::bonds {

/// Another member, and how the viewer stands to them.
struct Other {
    Id<Member> member;
    OwnSide own;
    Step between = Step::apart;  ///< effective_step()
    std::string known_as;  ///< what they were called when the viewer gave or offered; or empty
};

/// The other member of this id: anyone who was ever here, whether or not the viewer may see them,
/// since an answer that depended on it would tell of distance.
[[nodiscard]] std::optional<Other> find_other(database::Read& read, Viewer const& viewer,
                                              PublicId const& id);

/// A step that somebody offers to the viewer, while it lasts and the viewer left it as it is.
struct ReceivedOffer {
    Step step = Step::hello;
    Time at{};
    std::string name;  ///< of who offers
};
[[nodiscard]] std::optional<ReceivedOffer> received_offer(database::Read& read,
                                                          Viewer const& viewer, Other const& other,
                                                          Time now);

/// Whoever has a line on the page of bonds.
struct BondLine {
    PublicId id;
    std::string name;
    Step step = Step::hello;
    Time at{};
};
/// What the viewer gave, with what there is now, by name.
[[nodiscard]] std::vector<BondLine> bonds_of(database::Read& read, Viewer const& viewer);
/// What the viewer gave, as they knew the others, whatever is open now; for their own copy.
[[nodiscard]] std::vector<BondLine> steps_given(database::Read& read, Viewer const& viewer);
/// What others offer to the viewer, newest first.
[[nodiscard]] std::vector<BondLine> offers_to(database::Read& read, Viewer const& viewer, Time now);
/// What the viewer offered and has neither faded nor been accepted, newest first.
[[nodiscard]] std::vector<BondLine> offers_by(database::Read& read, Viewer const& viewer, Time now);

/// How many the viewer offered since, whatever came of them.
[[nodiscard]] std::int64_t offers_since(database::Read& read, Viewer const& viewer, Time since);

/// Offers a step. To someone who is apart from the viewer it is as if it were left alone at once.
void make_offer(database::Write& write, Viewer const& viewer, Id<Member> other, Step step,
                std::string_view name, Time now);
void take_offer_back(database::Write& write, Viewer const& viewer, Id<Member> other);
/// Puts what the other offers out of the viewer's sight; for the other nothing changes.
void ignore_offer(database::Write& write, Viewer const& viewer, Id<Member> other);
/// Both have given `step` from now on, unless they gave more.
void accept_offer(database::Write& write, Viewer const& viewer, Id<Member> other, Step step,
                  std::string_view name, Time now);
/// The viewer gives no more than `step` from now on, offers nothing, and is offered nothing.
void step_back(database::Write& write, Viewer const& viewer, Id<Member> other, Step step, Time now);

/// Offers that can't be seen any more and hinder no new one.
void forget_offers(database::Write& write, Time before);

/// Some members, whoever they are: for the probes.
[[nodiscard]] std::vector<PublicId> some_members(database::Read& read, Viewer const& viewer);

}  // namespace kith::bonds
