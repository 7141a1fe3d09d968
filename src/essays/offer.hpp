#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "base/viewer.hpp"

namespace kith::essays {

/// What someone says before others write to them.
struct Offer {
    bool takes_letters = false;
    bool takes_guests = false;
    std::string when_read = {};    ///< "on Tuesdays and Fridays"
    std::int64_t answer_days = 0;  ///< within so many; 0: not said
    std::string languages = {};
    std::string expect = {};  ///< further words of their own
};
BOOST_DESCRIBE_STRUCT(Offer, (),
                      (takes_letters, takes_guests, when_read, answer_days, languages, expect))

/// The offer that holds: a guide who has said nothing yet can be written to, as that is what a
/// guide is for; any other member must have opened it.
[[nodiscard]] Offer effective_offer(Role role, std::optional<Offer> said);

}  // namespace kith::essays
