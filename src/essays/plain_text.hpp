#pragma once

#include <string>
#include <string_view>

namespace kith::essays {

/// An essay as it was written elsewhere. All but title and markdown may be empty.
struct ImportedEssay {
    std::string title;
    std::string markdown;
    std::string summary;
    std::string content_note;
    std::string slug;
    bool operator==(ImportedEssay const&) const = default;
};

/// Reads words without markup: the first line is the title; a short line that stands alone is a
/// section's heading, one that leads a paragraph is a smaller heading. Nothing in the words can
/// become markup by accident. Broken UTF-8 is repaired.
[[nodiscard]] ImportedEssay from_plain_text(std::string_view text);

/// Reads Markdown with, at its head, `key: value` lines between two `---` lines (title, summary,
/// content_note, slug) if there are any. Without a title there, the first heading is the title,
/// and if it leads the text it is taken out of it.
[[nodiscard]] ImportedEssay from_markdown_file(std::string_view text);

}  // namespace kith::essays
