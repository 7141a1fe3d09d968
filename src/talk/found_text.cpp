#include "talk/found_text.hpp"

#include <algorithm>
#include <array>

namespace kith::talk {
namespace {

/// Elements within a line: whatever else begins or ends is a block.
bool is_within_line(std::string_view tag) {
    constexpr std::array<std::string_view, 8> names{"a", "em",  "strong", "code",
                                                    "s", "del", "span",   "abbr"};
    if (tag.starts_with('/')) tag.remove_prefix(1);
    auto const name = tag.substr(0, tag.find_first_of(" /\n"));
    return std::ranges::find(names, name) != names.end();
}

/// The character that a reference of rendered words stands for, and how long the reference is.
std::pair<char, std::size_t> character_at(std::string_view rest) {
    constexpr std::array<std::pair<std::string_view, char>, 5> references{
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}}};
    if (!rest.starts_with('&')) return {rest.front(), 1};
    for (auto const& [name, character] : references)
        if (rest.starts_with(name)) return {character, name.size()};
    return {'&', 1};
}

}  // namespace

std::string text_without_quotes(std::string_view html) {
    std::string text;
    std::size_t quotes = 0;
    while (!html.empty()) {
        if (html.front() == '<') {
            auto const end = std::min(html.find('>'), html.size() - 1);
            auto const tag = html.substr(1, end - 1);
            html.remove_prefix(end + 1);
            if (tag.starts_with("blockquote")) ++quotes;
            if (tag.starts_with("/blockquote") && quotes > 0) --quotes;
            bool const new_line = !is_within_line(tag) && !text.empty() && text.back() != '\n';
            if (new_line) text += '\n';
            continue;
        }
        auto const [character, length] = character_at(html);
        html.remove_prefix(length);
        bool const doubled = character == '\n' && (text.empty() || text.back() == '\n');
        if (quotes == 0 && !doubled) text += character;
    }
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

}  // namespace kith::talk
