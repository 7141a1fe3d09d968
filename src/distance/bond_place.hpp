#pragma once

#include <string>

#include "base/viewer.hpp"

namespace kith::distance {

/// The place of what `to` is told about a bond with `from`. When `from` steps back or keeps
/// distance it is forgotten, seen or not: what stayed in one case alone would tell them apart.
[[nodiscard]] inline std::string bond_place(Id<Member> from, Id<Member> to) {
    return "bond " + std::to_string(from.value) + " " + std::to_string(to.value);
}

}  // namespace kith::distance
