#pragma once

#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace kith::essays {

/// What became of a piece of text from one version to the next; a gap is same text left out.
enum class Fate { same, removed, added, gap };
BOOST_DESCRIBE_ENUM(Fate, same, removed, added, gap)

struct DiffPart {
    Fate fate = Fate::same;
    std::string text;
    bool operator==(DiffPart const&) const = default;
};
BOOST_DESCRIBE_STRUCT(DiffPart, (), (fate, text))

/// How `before` became `after`, word by word: all parts but the added make `before`, all but the
/// removed make `after`. Where they differ in more than limits::difference_steps_max places, a
/// paragraph is told as removed and added whole, so that no text takes long.
[[nodiscard]] std::vector<DiffPart> difference(std::string_view before, std::string_view after);

/// The parts with long same passages left out but for the words beside what changed.
[[nodiscard]] std::vector<DiffPart> shortened(std::vector<DiffPart> parts);

}  // namespace kith::essays
