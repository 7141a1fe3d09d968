#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith::talk {

/// The words of a text as they are compared: whole, in order, without case and accents.
[[nodiscard]] std::vector<std::string> compared_words(std::string_view text);

/// The text that a person reads of rendered words.
[[nodiscard]] std::string text_of_html(std::string_view html);

/// Words that a member folds.
struct Fold {
    std::string words;                  ///< as they typed them
    std::vector<std::string> compared;  ///< one or more that stand together
};

/// The first of `folds` that stands in a text of these words.
[[nodiscard]] Fold const* fold_in(std::span<Fold const> folds,
                                  std::vector<std::string> const& words);

}  // namespace kith::talk
