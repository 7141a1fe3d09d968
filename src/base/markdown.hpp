#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kith {

/// Where the words stand: a comment is plainer than an essay (no headings, pictures or folds).
enum class MarkdownKind { essay, comment };

/// The words that rendering adds, in the reader's language.
struct MarkdownWords {
    std::string content_note = "Content note:";
};

/// `source` as HTML that is safe on a page: CommonMark without raw HTML, indented code and
/// foreign pictures. In an essay `::: note WORDS` … `:::` folds and `::: pull` … `:::` is set as a
/// pull quote. What would take too long to parse is shown as it was typed.
/// Refuses (413) what is longer than limits::essay_bytes_max or limits::post_bytes_max.
[[nodiscard]] std::string render_markdown(std::string_view source, MarkdownKind kind,
                                          MarkdownWords const& words = {});

/// The words of `source` without markup, a line for each paragraph, for summaries, mail and search.
/// At most `characters_max` code points, cut between words with '…'. What is folded under a
/// content note is left out: nobody meets it unasked.
[[nodiscard]] std::string plain_text_of_markdown(std::string_view source,
                                                 std::size_t characters_max);

/// How long a person reads, in whole minutes, at least 1: 230 words or 500 Han, kana or hangul
/// characters a minute (Brysbaert 2019 puts silent reading of English at 238).
[[nodiscard]] std::size_t reading_minutes(std::string_view source);

}  // namespace kith
