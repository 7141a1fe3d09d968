#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kith::web {

/// One piece of a template as written: text, or a tag and its name.
struct TemplatePart {
    enum class Kind { text, value, section, inverted, end, partial, sentence };

    Kind kind;
    std::string text;     ///< the text itself, a name, a partial's template, a sentence's key
    std::size_t line;     ///< counted from 1
    std::size_t end = 0;  ///< section, inverted: the index of its end
};

/// Where something is wrong: "essays/page, line 12: ".
[[nodiscard]] std::string template_place(std::string_view name, std::size_t line);

/// Reads Mustache: values, sections, inverted sections, partials, comments, and sentences
/// `{{#t}}key{{/t}}`. Throws TemplateFault for whatever else, `{{{raw}}}` above all.
[[nodiscard]] std::vector<TemplatePart> parse_template(std::string_view name,
                                                       std::string_view source);

}  // namespace kith::web
