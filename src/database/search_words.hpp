#pragma once
// Words as search knows them, the same on both engines: without case, accents, Arabic vowel signs
// and the like. Scripts that write words together (Han, kana, Hangul, Thai …) are kept as pairs of
// letters, so that a part of what is written there is found.

#include <boost/describe.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::database {

/// A word, and where in its text it stands (bytes).
struct SearchToken {
    std::string text;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(SearchToken const&) const = default;
};

/// The words of a text that can be found, in order; at most `at_most`.
[[nodiscard]] std::vector<SearchToken> search_tokens(std::string_view text, std::size_t at_most);

/// The same as the index keeps them: joined by spaces, within limits::search_words_max words.
[[nodiscard]] std::string search_words(std::string_view text);

/// One thing to look for: a word, or words that follow each other.
struct SearchTerm {
    std::vector<std::string> tokens;
    bool begins = false;  ///< the last token may go on
    bool operator==(SearchTerm const&) const = default;
};

/// What somebody looks for.
struct SearchQuery {
    std::vector<SearchTerm> with;     ///< all of them
    std::vector<SearchTerm> without;  ///< none of them
    bool last_may_go_on = false;      ///< the last word is one whose beginning may be looked for
    bool cut = false;                 ///< there was more than the limits take
    bool operator==(SearchQuery const&) const = default;

    /// Nothing to look for: no words, or only words to do without.
    [[nodiscard]] bool empty() const { return with.empty(); }
};

/// Reads `words`, "words that follow each other" and -words to do without. Any text is fine: what
/// isn't a word is passed over, what goes beyond the limits is cut.
[[nodiscard]] SearchQuery parse_search(std::string_view text);

/// A piece of a snippet, as plain text.
struct SnippetPart {
    std::string text;
    bool found = false;  ///< one of the words looked for
    bool operator==(SnippetPart const&) const = default;
};
BOOST_DESCRIBE_STRUCT(SnippetPart, (), (text, found))

/// The part of `text` where the words are found, of about limits::snippet_characters; its beginning
/// where none is.
[[nodiscard]] std::vector<SnippetPart> snippet_of(std::string_view text, SearchQuery const& query);

}  // namespace kith::database
