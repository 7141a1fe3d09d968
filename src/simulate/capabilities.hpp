#pragma once

#include "simulate/world.hpp"

namespace kith::simulate {

[[nodiscard]] Capability hello_capability();       ///< first words
[[nodiscard]] Capability commons_capability();     ///< the open place
[[nodiscard]] Capability circle_capability();      ///< one's circle
[[nodiscard]] Capability hard_words_capability();  ///< saying what needs somebody
[[nodiscard]] Capability unanswered_capability();  ///< the list of what waits
[[nodiscard]] Capability answering_capability();   ///< being there for others
[[nodiscard]] Capability harming_capability();     ///< hurting them
[[nodiscard]] Capability distance_capability();    ///< keeping it, and muting
[[nodiscard]] Capability keeping_capability();     ///< what stewards and keepers do about harm

}  // namespace kith::simulate
