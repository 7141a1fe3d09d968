#pragma once

#include <cstdint>
#include <stdexcept>

#include "bonds/bonds.hpp"

namespace kith::bonds {

/// A step as the database keeps it, so that it can compare.
[[nodiscard]] constexpr std::int64_t number_of(Step step) {
    return static_cast<std::int64_t>(step);
}

[[nodiscard]] inline Step step_of(std::int64_t number) {
    if (number < 0 || number > number_of(Step::kin))
        throw std::runtime_error("the database holds a step that there isn't");
    return static_cast<Step>(number);
}

}  // namespace kith::bonds
