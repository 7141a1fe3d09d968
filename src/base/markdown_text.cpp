#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "base/markdown_parse.hpp"
#include "base/text.hpp"

namespace kith {
namespace {

using namespace markdown;

constexpr std::size_t words_per_minute = 230;
constexpr std::size_t east_asian_characters_per_minute = 500;

/// Gathers the words, a line a block, until there are `bytes_max`.
class TextSink {
public:
    TextSink(std::string& text, std::size_t bytes_max) : text_(text), bytes_max_(bytes_max) {}

    bool enter(MD_BLOCKTYPE, void*) { return end_line(); }
    bool leave(MD_BLOCKTYPE, void*) { return end_line(); }
    bool enter(MD_SPANTYPE, void*) { return true; }
    bool leave(MD_SPANTYPE, void*) { return true; }

    bool text(MD_TEXTTYPE type, std::string_view text) {
        switch (type) {
            case MD_TEXT_NULLCHAR: text_ += "\uFFFD"; break;
            case MD_TEXT_BR:
            case MD_TEXT_SOFTBR: text_ += ' '; break;
            case MD_TEXT_ENTITY: text_ += entity_text(text); break;
            default: text_ += text; break;
        }
        return text_.size() <= bytes_max_;
    }

private:
    bool end_line() {
        if (!text_.empty() && text_.back() != '\n') text_ += '\n';
        return text_.size() <= bytes_max_;
    }

    std::string& text_;
    std::size_t bytes_max_;
};

enum class Folded { included, left_out };

std::string words_of(std::string_view source, std::size_t bytes_max, Folded folded) {
    std::string const whole = repaired_utf8(source.substr(0, limits::essay_bytes_max));
    std::vector<Part> const parts = parts_of(whole);
    std::size_t cost = 0;
    for (Part const& part : parts) cost += parse_cost(part.source);
    std::string text;
    for (Part const& part : parts) {
        if (part.kind == Part::Kind::note && folded == Folded::left_out) continue;
        TextSink sink(text, bytes_max);
        if (cost > parse_cost_max)
            text.append(part.source).append("\n");
        else if (!parse(part.source, sink))
            break;
    }
    return text;
}

bool is_east_asian(char32_t c) {
    return (c >= 0x3040 && c < 0x3100) || (c >= 0x3400 && c < 0xA000) ||
           (c >= 0xAC00 && c < 0xD7B0) || (c >= 0xF900 && c < 0xFB00) ||
           (c >= 0x20000 && c < 0x32000);
}

}  // namespace

std::string plain_text_of_markdown(std::string_view source, std::size_t characters_max) {
    constexpr std::size_t bytes_per_character_max = 4;
    std::size_t const bytes_max = (characters_max + 2) * bytes_per_character_max;
    std::string const text = words_of(source, bytes_max, Folded::left_out);
    std::string_view const all = trim(text);
    if (code_points(all) <= characters_max) return std::string(all);
    if (characters_max == 0) return {};
    std::string_view kept = first_code_points(all, characters_max - 1);
    std::size_t const space = kept.find_last_of(" \n");
    // Text without spaces (Chinese, one long word) is cut anywhere rather than lost.
    if (space != kept.npos && space > kept.size() / 2) kept = kept.substr(0, space);
    return std::string(trim(kept)) + "…";
}

std::size_t reading_minutes(std::string_view source) {
    std::string const text = words_of(source, limits::essay_bytes_max * 2, Folded::included);
    std::size_t words = 0;
    std::size_t characters = 0;
    bool in_word = false;
    for (std::string_view rest = text; !rest.empty();) {
        char32_t const c = next_code_point(rest).value_or(' ');
        bool const east_asian = is_east_asian(c);
        bool const letter = c > 0x20 && c != 0xA0 && c != 0x3000 && !east_asian;
        characters += east_asian;
        words += letter && !in_word;
        in_word = letter;
    }
    constexpr std::size_t seconds = 60;
    std::size_t const total = words * seconds / words_per_minute +
                              characters * seconds / east_asian_characters_per_minute;
    return std::max<std::size_t>(1, (total + seconds / 2) / seconds);
}

}  // namespace kith
