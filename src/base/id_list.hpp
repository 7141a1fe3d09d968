#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"

namespace kith {

/// Ids as a JSON list, for statements that ask for several at once.
template <class Thing>
[[nodiscard]] std::string id_list(std::vector<Id<Thing>> const& ids) {
    std::string list = "[";
    for (auto const& id : ids) {
        if (list.size() > 1) list += ",";
        list += std::to_string(id.value);
    }
    return list + "]";
}

}  // namespace kith
