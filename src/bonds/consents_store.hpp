#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/viewer.hpp"
#include "bonds/bonds.hpp"

namespace kith::bonds {

/// What a member lets another do or know beside a step.
enum class Consent {
    care,      ///< at near: the other may ask them for care
    contact,   ///< at kin: how they can be reached, in their own words
    receipts,  ///< at near: the other sees which of their letters they have read
};
BOOST_DESCRIBE_ENUM(Consent, care, contact, receipts)

/// The step at which a consent holds; below it, it is as if it weren't given.
[[nodiscard]] Step step_of(Consent consent);

struct ConsentRow {
    Consent kind = Consent::care;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(ConsentRow, (), (kind, words))

/// What the viewer gave the other, whatever is open between them now; receipts are the letters'.
[[nodiscard]] std::vector<ConsentRow> consents_given(database::Read& read, Viewer const& viewer,
                                                     Id<Member> other);
/// What the other gave the viewer, of what holds at `between`.
[[nodiscard]] std::vector<ConsentRow> consents_held(database::Read& read, Viewer const& viewer,
                                                    Id<Member> other, Step between);

void give_consent(database::Write& write, Viewer const& viewer, Id<Member> other, Consent kind,
                  std::string_view words, Time now);
void take_consent_back(database::Write& write, Viewer const& viewer, Id<Member> other,
                       Consent kind);

/// A consent as the giver's copy of everything has it.
struct GivenConsent {
    std::string to;  ///< as the giver knew them
    Consent kind = Consent::care;
    std::string words;
    Time since{};
};
BOOST_DESCRIBE_STRUCT(GivenConsent, (), (to, kind, words, since))
[[nodiscard]] std::vector<GivenConsent> consents_by(database::Read& read, Viewer const& viewer);

}  // namespace kith::bonds
