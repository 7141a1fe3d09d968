#pragma once

#include "database/search_words.hpp"

namespace kith::database {

/// The index keeps the last letter of what is written together by itself too; a question doesn't
/// ask for it, since what it looks for may go on.
enum class SplitFor { index, question };

/// The words of `text` for the index or a question; at most `at_most`.
[[nodiscard]] std::vector<SearchToken> split_for(std::string_view text, SplitFor purpose,
                                                 std::size_t at_most);

/// Whether the token's last letter is of a script whose words are written together.
[[nodiscard]] bool ends_written_together(std::string_view token);

}  // namespace kith::database
